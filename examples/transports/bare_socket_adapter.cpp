// The bare socket as one of the adapters: its answers are kept on the heap, as the demo wants them.
// A device does without: rows_on_a_device.cpp.
#include "bare_socket.hpp"
#include "transports.hpp"

namespace transports {

namespace {

namespace http = tipring::http;

struct exchange {
    const http::request& request;
    common::reply& into;
    const common::on_chunk& chunks;
    const transport_options& options;
    bare_socket wire{options.patience};

    common::transport_error failed(std::string why) const {
        return {std::move(why), wire.delivery()};
    }
    common::transport_error failed(const tipring::error& why) const {
        char line[200];
        return failed(std::string{describe(why, line)});
    }
    void keep(const http::response& head) {
        into.status = head.status;
        for (const http::header& each : head.headers) into.add_line(each.name, each.value);
        into.split_head();
    }

    std::optional<common::transport_error> run() {
        char head[common::most_head_bytes];
        http::header headers[128];
        http::response_reader reader{
            head, headers, request.method, {.most_body = options.most_bytes}};
        common::body_taker body{into, chunks, options.most_bytes};
        if (const char* const why = wire.send(request)) return failed(why);
        for (common::text bytes;;) {
            const http::wire_step step = reader.next(bytes);
            if (step.event == http::wire_event::end) return std::nullopt;
            if (step.event == http::wire_event::failed) return failed(reader.failure());
            if (step.event == http::wire_event::head) keep(reader.response());
            if (step.event == http::wire_event::body && !body.take(step.piece))
                return failed("the body was not wanted");
            if (step.event != http::wire_event::more) continue;
            bytes = wire.receive();
            if (bytes.empty() && !wire.is_closed()) return failed("no more of the answer came");
            if (bytes.empty() && !reader.closed()) return failed(reader.failure());
        }
    }
};

} // namespace

transport make_bare_socket(const transport_options& options) {
    return transport{[options](const auto& request, common::reply& into, const auto& chunks) {
        return exchange{request, into, chunks, options}.run();
    }};
}

} // namespace transports
