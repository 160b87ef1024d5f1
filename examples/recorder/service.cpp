#include "service.hpp"

#include <span>
#include <variant>
#include <vector>

#include <tipring/json/encode.hpp>
#include <tipring/server/parse.hpp>

#include "access.hpp"
#include "handlers.hpp"

namespace recorder {

using common::keep;

namespace {

utc_instant current_time() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

/// The parameter or member that an error is about, by the name that the sender gave it.
std::string subject_of(const tipring::error& failure, const http::request& from) {
    char bytes[200];
    tipring::writer out{bytes};
    tipring::print(failure.path, out);
    const text path = out.written();
    // Clauses of a search have no member of their own, but a place in the query.
    const bool is_in_query =
        failure.code == tipring::errc::unknown_parameter || path.starts_with("where");
    if (!path.empty() && !is_in_query) return std::string{path};
    if (is_in_query && failure.offset != tipring::error::no_offset) {
        const text query = tipring::slice(from.target, from.target.find('?') + 1);
        const text name = tipring::slice(query, failure.offset);
        return std::string{name.substr(0, name.find_first_of("=&"))};
    }
    return from.body.empty() ? "target" : "body";
}

refusal refusal_of(const tipring::error& failure, const http::request& from,
                   tipring::arena& memory) {
    char bytes[300];
    std::string message{tipring::describe(failure, bytes)};
    const int status = tipring::server::status_of(failure.code);
    if (status == 400) return invalid(subject_of(failure, from), std::move(message));
    refusal no{.status = status, .message = std::move(message)};
    if (status == 405) {
        const auto allowed = tipring::server::miarec::allowed_methods(from.target, memory);
        no.headers = {{"Allow", std::string{allowed.value_or(text{})}}};
    }
    return no;
}

http::response refuse(const refusal& no, tipring::arena& memory) {
    std::vector<http::field_error> details;
    for (const auto& [field, message] : no.details)
        details.push_back({.field = field, .message = message});
    const http::api_error said{
        .status = no.status, .code = no.code, .message = no.message, .details = details};
    const auto made = tipring::server::miarec::respond_error(said, memory);
    if (!made) return {.status = 500};
    return common::with_headers(*made, no.headers, memory);
}

/// A Range that cannot be read is as good as none (RFC 9110 section 14.2).
tipring::result<tipring::server::miarec::operation> parse(const http::request& from,
                                                          tipring::arena& memory) {
    auto op = tipring::server::miarec::parse(from, memory);
    if (op || from.find("Range") == nullptr || subject_of(op.error(), from) != "Range") return op;
    http::request whole = from;
    whole.headers = {};
    return tipring::server::miarec::parse(whole, memory);
}

/// What a signature covers: all of the URL but the signature itself.
std::string unsigned_url(text origin, text call_id, std::int64_t expires,
                         const tipring::field<text>& file_id) {
    std::string made{origin};
    made += "/calls/file/" + std::string{call_id} + "/signed?expires=" + std::to_string(expires);
    if (file_id) made += "&file_id=" + std::string{*file_id};
    return made;
}

} // namespace

std::string signed_url(const url_signer& signer, text origin, text call_id, std::int64_t expires,
                       const tipring::field<text>& file_id) {
    const std::string made = unsigned_url(origin, call_id, expires, file_id);
    return made + "&sign=" + signer.sign(made);
}

http::media media_of(const std::string& file, const tipring::field<http::byte_range>& range,
                     tipring::arena& memory) {
    if (!range) return {.bytes = keep(file, memory), .content_type = "audio/wav"};
    const std::string size = std::to_string(file.size());
    const auto first = static_cast<std::size_t>((*range).first);
    if (first >= file.size())
        throw refusal{.status = 416,
                      .message = "The range starts behind the end of the file",
                      .headers = {{"Content-Range", "bytes */" + size}}};
    std::size_t last = file.size() - 1;
    if ((*range).last >= 0) last = std::min(last, static_cast<std::size_t>((*range).last));
    const std::string shown =
        "bytes " + std::to_string(first) + "-" + std::to_string(last) + "/" + size;
    return {.bytes = keep(text{file}.substr(first, last - first + 1), memory),
            .content_type = "audio/wav",
            .content_range = keep(shown, memory),
            .is_partial = true};
}

http::response service::answer(const http::request& from, tipring::arena& memory) {
    const std::lock_guard lock{mutex_};
    const text path = from.target.substr(0, from.target.find('?'));
    try {
        const bool is_api = path == "/api/v2" || path.starts_with("/api/v2/");
        return is_api ? answer_api(from, memory) : answer_other(from, memory);
    } catch (const refusal& no) {
        return refuse(no, memory);
    }
}

/// Who is not signed in learns nothing of paths and parameters.
http::response service::answer_api(const http::request& from, tipring::arena& memory) {
    const utc_instant now = current_time();
    const auto who = sign_in(data_, http::header_value(from.headers, "Authorization"), now);
    if (!who)
        throw refusal{
            .status = 401,
            .message = "Unauthorized: a valid login and password are needed",
            .headers = {{"WWW-Authenticate", "Basic realm=\"MiaRec\", charset=\"UTF-8\""}}};
    const auto op = parse(from, memory);
    if (!op) throw refusal_of(op.error(), from, memory);
    const handlers::surroundings around{data_, *who, signer_, origin_, now, memory};
    return std::visit(handlers{around}, *op);
}

http::response service::answer_other(const http::request& from, tipring::arena& memory) {
    if (from.method == http::method::get && from.target == "/stand-in/state.json")
        return send_state(memory);
    tipring::server::parse_options options;
    options.query.plus = http::plus_sign::is_plus;
    const auto op = tipring::server::parse_as<signed_file>(from, memory, options);
    if (op) return send_signed(std::get<signed_file>(*op), memory);
    throw refusal_of(op.error(), from, memory);
}

/// The signature is looked at first, so that nobody learns by other answers what there is.
http::response service::send_signed(const signed_file& op, tipring::arena& memory) {
    const std::string whole =
        unsigned_url(origin_, plain_id(op.call_id.value), *op.expires, op.file_id);
    if (!tipring::equal_in_constant_time(signer_.sign(whole), *op.sign))
        throw denied("the signature is not valid");
    const auto now = std::chrono::floor<std::chrono::seconds>(current_time()).time_since_epoch();
    if (now.count() >= *op.expires) throw refusal{.status = 410, .message = "The URL has expired"};
    const stored_call* const call = data_.find_call(op.call_id.value);
    std::vector<text> files;
    if (call)
        for (const miarec::file& each : *call->data->files)
            if (!op.file_id || *each.file_id == *op.file_id) files.push_back(*each.file_id);
    if (files.empty()) throw not_found("The file is not there any more.");
    return media_reply<signed_file>(make_wav(call->id, files), op.range, memory);
}

http::response service::send_state(tipring::arena& memory) const {
    std::int64_t active = 0;
    std::int64_t muted = 0;
    for (const auto& call : data_.calls()) {
        active += call->is_active ? 1 : 0;
        muted += call->is_muted ? 1 : 0;
    }
    const stand_in_state counts{.calls = static_cast<std::int64_t>(data_.calls().size()),
                                .active = active,
                                .muted = muted,
                                .users = static_cast<std::int64_t>(data_.users.size())};
    static constexpr http::header headers[] = {
        {.name = "Content-Type", .value = "application/json"}};
    const auto body = tipring::json::encode(counts, memory.rest());
    if (!body) throw failed("The answer does not fit into memory");
    return {.status = 200, .headers = headers, .body = *body};
}

} // namespace recorder
