// Boost.JSON's push parser with a handler that makes nothing: what no handler can beat.
#include <boost/json/basic_parser_impl.hpp>

#include "../ceilings.hpp"

namespace bench {

namespace {

struct counting_handler {
    using code = boost::json::error_code;
    using view = boost::json::string_view;

    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

    bool on_document_begin(code&) { return true; }
    bool on_document_end(code&) { return true; }
    bool on_object_begin(code&) { return true; }
    bool on_object_end(std::size_t, code&) { return true; }
    bool on_array_begin(code&) { return true; }
    bool on_array_end(std::size_t, code&) { return true; }
    bool on_key_part(view, std::size_t, code&) { return true; }
    bool on_key(view, std::size_t, code&) {
        ++keys;
        return true;
    }
    bool on_string_part(view, std::size_t, code&) { return true; }
    bool on_string(view, std::size_t, code&) { return true; }
    bool on_number_part(view, code&) { return true; }
    bool on_int64(std::int64_t, view, code&) { return true; }
    bool on_uint64(std::uint64_t, view, code&) { return true; }
    bool on_double(double, view, code&) { return true; }
    bool on_bool(bool, code&) { return true; }
    bool on_null(code&) { return true; }
    bool on_comment_part(view, code&) { return true; }
    bool on_comment(view, code&) { return true; }

    std::size_t keys = 0;
};

class boost_events : public measurement {
public:
    explicit boost_events(const input& of)
        : measurement{of.records, of.body.size()}, body_{of.body} {}
    bool run() override {
        boost::json::basic_parser<counting_handler> reader{boost::json::parse_options{}};
        boost::json::error_code failed;
        const std::size_t read = reader.write_some(false, body_.data(), body_.size(), failed);
        keys_ = reader.handler().keys;
        return !failed && read == body_.size();
    }
    bool check() override { return run() && keys_ > records(); }

private:
    text body_;
    std::size_t keys_ = 0;
};

} // namespace

measurement_ptr make_boost_events(const input& of) {
    return std::make_unique<boost_events>(of);
}

} // namespace bench
