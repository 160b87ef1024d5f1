#include "requests.hpp"

#include <chrono>
#include <cstdlib>
#include <optional>
#include <utility>
#include <variant>

#include <tipring/auth/basic.hpp>
#include <tipring/http/answer.hpp>
#include <tipring/http/request.hpp>
#include <tipring/json/equal.hpp>
#include <tipring/miarec/search_codec.hpp>
#include <tipring/server/miarec.hpp>

namespace bench {

namespace {

namespace http = tipring::http;
namespace miarec = tipring::miarec;
using namespace std::chrono_literals;

constexpr miarec::call_search six_conditions() {
    return miarec::search::phone_number.includes("+1408") &&
           miarec::search::duration.between(30s, 10min) &&
           miarec::search::date.newer_than_days(7) &&
           miarec::search::call_state.is(miarec::call_state::disconnected) &&
           miarec::search::user_name.equal_to("J\u00f6rg Smith & Sons") &&
           miarec::search::notes.not_empty();
}

/// Six conditions of an advanced search to a query.
class search_building : public measurement {
public:
    search_building() : measurement{1, 0} {}
    bool run() override {
        tipring::writer out{bytes_};
        http::query_writer query{out};
        const auto put = miarec::put_query(search_, query);
        written_ = out.written();
        return put && !written_.empty();
    }
    bool check() override {
        if (!run()) return false;
        set_bytes(written_.size());
        tipring::static_arena<4096> memory;
        const std::string target = "/api/v2/calls.json" + std::string{written_};
        const auto read = tipring::server::parse_as<miarec::list_calls>(
            {.method = http::method::get, .target = target}, memory);
        return read && std::get<miarec::list_calls>(*read) == miarec::list_calls{.where = search_};
    }

private:
    miarec::call_search search_ = six_conditions();
    char bytes_[2048];
    text written_;
};

constexpr text user_id = "546340bf-7b47-11e4-85a4-e03f497dbdff";

template <class Op>
Op make_operation();
/// A query whose values must be percent-encoded, and headers.
template <>
miarec::list_calls make_operation() {
    return {.limit = 500,
            .sort_order = miarec::sort_order::desc,
            .user_login = "j\u00f6rg.smith@example.com",
            .group_id = miarec::group_id{"256740bf-7b47-11e4-85a4-e03f497dbd33"},
            .search_term = "billing & refund +1 (408) 555",
            .broadworks_user_id = "1415@broadworks.example.com"};
}
/// An id in the path, headers and a body.
template <>
miarec::update_user make_operation() {
    static constexpr text extensions[] = {"1415", "+14085551415"};
    const miarec::user_recording recording{.record = miarec::record::always,
                                           .extensions = extensions};
    return {.user_id = miarec::user_id{user_id},
            .user = miarec::user{.name = "J\u00f6rg \"JS\" Smith",
                                 .is_active = true,
                                 .email = "joerg.smith@example.com",
                                 .timezone = tipring::null,
                                 .fieldset_recording = recording}};
}
/// An id in the path, a query, and headers.
template <>
miarec::call_file_url make_operation() {
    return {.call_id = miarec::call_id{"e03f497d-bdff-1019-102d-68be3896f081"},
            .expires = 3600,
            .file_id = "01"};
}

struct any_server {
    tipring::auth::basic_authorization authorization =
        *tipring::auth::basic_authorization::make("api-user", tipring::secret{"s3cret"});
    http::header agent{.name = "User-Agent", .value = "benchmark/1"};

    http::origin_server view() const {
        return {.origin = "https://recorder.example:8443",
                .prefix = "/recorder",
                .authorization = authorization.header(),
                .headers = {&agent, 1}};
    }
};

/// An operation to a request: target with everything percent-encoded, headers, body.
template <class Op>
class request_building : public measurement {
public:
    request_building() : measurement{1, 0} {}
    bool run() override {
        memory_.reset();
        made_ = http::encode(operation_, server_, memory_);
        return made_.has_value();
    }
    bool check() override {
        if (!run()) return false;
        set_bytes(made_->target.size() + made_->body.size());
        tipring::static_arena<4096> memory;
        const auto read = tipring::server::parse_as<Op>(*made_, memory, {.prefix = server_.prefix});
        return read && std::get<Op>(*read) == operation_ && made_->find("Authorization") != nullptr;
    }

private:
    Op operation_ = make_operation<Op>();
    any_server peer_;
    http::origin_server server_ = peer_.view();
    tipring::static_arena<4096> memory_;
    tipring::result<http::request> made_ = http::request{};
};

const input& input_called(text name) {
    for (const input_row& row : input_rows())
        if (row.name == name) return input_of(row);
    std::abort();
}

/// A request to one of all operations, on the server's side.
class create_user_parsing : public measurement {
public:
    create_user_parsing() : measurement{1, input_called("create_user").body.size()} {}
    bool run() override {
        memory_.reset();
        read_ = tipring::server::miarec::parse(request_, memory_);
        return read_.has_value();
    }
    bool check() override {
        if (!run()) return false;
        const auto* const op = std::get_if<miarec::create_user>(&*read_);
        if (op == nullptr) return false;
        const miarec::user_envelope same{.user = op->user};
        return checksum(*input_.type, &same) == reference_of(input_).sum;
    }

private:
    const input& input_ = input_called("create_user");
    http::header type_{.name = "Content-Type", .value = "application/json"};
    http::request request_{.method = http::method::post,
                           .origin = "https://recorder.example",
                           .target = "/api/v2/users.json",
                           .headers = {&type_, 1},
                           .body = input_.body};
    tipring::static_arena<8192> memory_;
    tipring::result<tipring::server::miarec::operation> read_ =
        tipring::server::miarec::operation{};
};

/// A whole answer to the value, an error of the API or an error of ours.
class call_answer : public measurement {
public:
    call_answer() : measurement{1, input_called("call").body.size()} {}
    bool run() override {
        memory_.reset();
        read_.emplace(http::decode<miarec::view_call>(response_, memory_));
        return read_->has_value();
    }
    bool check() override {
        return run() && checksum(*input_.type, &**read_) == reference_of(input_).sum;
    }

private:
    using outcome = decltype(http::decode<miarec::view_call>(std::declval<http::response>(),
                                                             std::declval<tipring::arena&>()));

    const input& input_ = input_called("call");
    http::header type_{.name = "Content-Type", .value = "application/json; charset=utf-8"};
    http::response response_{.status = 200, .headers = {&type_, 1}, .body = input_.body};
    tipring::static_arena<8192> memory_;
    std::optional<outcome> read_;
};

template <class Measurement>
measurement_ptr make() {
    return std::make_unique<Measurement>();
}

constexpr request_row rows[] = {
    {"build/search_6/tipring", &make<search_building>},
    {"build/list_calls/tipring", &make<request_building<miarec::list_calls>>},
    {"build/update_user/tipring", &make<request_building<miarec::update_user>>},
    {"build/call_file_url/tipring", &make<request_building<miarec::call_file_url>>},
    {"parse/create_user/tipring", &make<create_user_parsing>},
    {"answer/call/tipring", &make<call_answer>},
};

} // namespace

std::span<const request_row> request_rows() {
    return rows;
}

} // namespace bench
