#include "requests.hpp"

#include <chrono>
#include <cstdlib>
#include <optional>
#include <utility>
#include <variant>

#include <tipring/auth/basic.hpp>
#include <tipring/auth/session.hpp>
#include <tipring/cloudlink/admin.hpp>
#include <tipring/cloudlink/app_header.hpp>
#include <tipring/cloudlink/platform.hpp>
#include <tipring/cloudlink/properties.hpp>
#include <tipring/http/answer.hpp>
#include <tipring/http/request.hpp>
#include <tipring/json/equal.hpp>
#include <tipring/miarec/search_codec.hpp>
#include <tipring/server/cloudlink.hpp>
#include <tipring/server/miarec.hpp>

namespace bench {

namespace {

namespace cloudlink = tipring::cloudlink;
namespace http = tipring::http;
namespace miarec = tipring::miarec;
namespace oauth = tipring::oauth;
namespace odata = tipring::cloudlink::odata;
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

/// A filter of six terms with all of a quote, a blank, `&` and non-ASCII in them, and three other
/// options.
constexpr odata::query six_terms() {
    namespace users = cloudlink::properties::users;
    constexpr tipring::utc_instant day{std::chrono::seconds{1'650'931'200}};
    return {.top = 500,
            .filter = (users::role == "USER" || users::role == "ACCOUNT_ADMIN") &&
                      users::name.contains("J\u00f6rg O'Neil & Sons") &&
                      users::email != "bob@example.com" && users::created_on >= day &&
                      users::extension == "1415",
            .orderby = {users::name, users::created_on.descending()},
            .expand = {"tags"}};
}

/// The same to a query alone.
class odata_building : public measurement {
public:
    odata_building() : measurement{1, 0} {}
    bool run() override {
        tipring::writer out{bytes_};
        http::query_writer query{out};
        const auto put = odata::put_query(options_, query);
        written_ = out.written();
        return put && !written_.empty();
    }
    bool check() override {
        if (!run()) return false;
        set_bytes(written_.size());
        tipring::static_arena<4096> memory;
        const std::string target = "/users" + std::string{written_};
        const auto read = tipring::server::parse_as<cloudlink::list_users>(
            {.method = http::method::get, .target = target}, memory);
        return read && std::get<cloudlink::list_users>(*read).query == options_;
    }

private:
    odata::query options_ = six_terms();
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

template <>
cloudlink::list_users make_operation() {
    return {.query = six_terms()};
}
/// Two ids in the path, headers and a body.
template <>
cloudlink::update_user make_operation() {
    return {.account_id = cloudlink::account_id{"0265da2a-8da2-4f37-baae-b3dcedc31c6b"},
            .user_id = cloudlink::user_id{user_id},
            .user = cloudlink::user{.name = "J\u00f6rg \"JS\" Smith",
                                    .email = "joerg.smith@example.com",
                                    .role = cloudlink::role::account_admin,
                                    .extension = "1415",
                                    .phone = "+14085551415"}};
}

constexpr http::header agent{.name = "User-Agent", .value = "benchmark/1"};

/// A server of MiaRec.
class recorder {
public:
    static constexpr text prefix = "/recorder";

    template <class Op>
    tipring::result<http::request> encode(const Op& operation, tipring::arena& memory) const {
        return http::encode(operation, server_, memory);
    }

private:
    tipring::auth::basic_authorization authorization_ =
        *tipring::auth::basic_authorization::make("api-user", tipring::secret{"s3cret"});
    http::origin_server server_{.origin = "https://recorder.example:8443",
                                .prefix = prefix,
                                .authorization = authorization_.header(),
                                .headers = {&agent, 1}};
};

const input& input_called(text name) {
    for (const input_row& row : input_rows())
        if (row.name == name) return input_of(row);
    std::abort();
}

/// Signed in by the tokens of the input `token`.
oauth::session signed_in(tipring::utc_instant now) {
    tipring::static_arena<4096> memory;
    oauth::session session;
    const auto sign_in = session.start_sign_in(now);
    const auto tokens = json::decode<oauth::token_answer>(input_called("token").body, memory);
    if (!tokens) std::abort();
    const auto taken = session.tokens_arrived(sign_in.attempt, *tokens, now);
    if (!taken || !*taken) std::abort();
    return session;
}

/// CloudLink, for an application that has signed in.
class cloud {
public:
    static constexpr text prefix = "/2017-09-01";

    template <class Op>
    tipring::result<http::request> encode(const Op& operation, tipring::arena& memory) const {
        return cloudlink::encode(operation, platform_, memory);
    }

private:
    oauth::session session_ = signed_in({});
    cloudlink::app_header app_ =
        *cloudlink::app_header::make({.name = "benchmark",
                                      .flavor = "desktop",
                                      .version = "1.0.4",
                                      .os = "linux",
                                      .os_version = "6.1",
                                      .session = "e769f6ec-ceb6-4b98-bab5-2dc0e720426c"});
    cloudlink::platform platform_{.cloud = "us",
                                  .app = app_.header(),
                                  .authorization = session_.authorization(),
                                  .headers = {&agent, 1}};
};

/// An operation to a request: target with everything percent-encoded, headers, body.
template <class Peer, class Op>
class request_building : public measurement {
public:
    request_building() : measurement{1, 0} {}
    bool run() override {
        memory_.reset();
        made_ = peer_.encode(operation_, memory_);
        return made_.has_value();
    }
    bool check() override {
        if (!run()) return false;
        set_bytes(made_->target.size() + made_->body.size());
        tipring::static_arena<4096> memory;
        const auto read = tipring::server::parse_as<Op>(*made_, memory, {.prefix = Peer::prefix});
        return read && std::get<Op>(*read) == operation_ && made_->find("Authorization") != nullptr;
    }

private:
    Op operation_ = make_operation<Op>();
    Peer peer_;
    tipring::static_arena<4096> memory_;
    tipring::result<http::request> made_ = http::request{};
};

/// What a session says of a call that wants to be sent, and the header that goes with it.
class session_step : public measurement {
public:
    session_step() : measurement{1, 0} {}
    bool run() override {
        oauth::call call;
        const auto todo = session_.next(call, now_);
        header_ = session_.authorization();
        return todo.action == oauth::action::send && !header_.value.empty();
    }
    bool check() override {
        const auto* const token =
            static_cast<const oauth::token_answer*>(reference_of(input_called("token")).object());
        return run() && header_.name == "Authorization" && header_.is_secret &&
               header_.value == "Bearer " + std::string{token->access_token->reveal()};
    }

private:
    tipring::utc_instant now_{std::chrono::seconds{1'650'931'200}};
    oauth::session session_ = signed_in(now_);
    http::header header_;
};

/// A request with OData options to one of the operations on users of CloudLink, on the server's
/// side.
class odata_parsing : public measurement {
public:
    odata_parsing() : measurement{1, 0} {}
    bool run() override {
        memory_.reset();
        read_ = tipring::server::cloudlink::parse<cloudlink::admin_operations>(
            request_, memory_, {.prefix = cloud::prefix});
        return read_.has_value();
    }
    bool check() override {
        if (!run()) return false;
        set_bytes(request_.target.size());
        const auto* const op = std::get_if<cloudlink::list_users>(&*read_);
        return op != nullptr && op->query == six_terms();
    }

private:
    using operation = tipring::server::operation_in<cloudlink::admin_operations>;

    cloud peer_;
    cloudlink::list_users operation_ = make_operation<cloudlink::list_users>();
    tipring::static_arena<8192> room_;
    http::request request_ = *peer_.encode(operation_, room_);
    tipring::static_arena<8192> memory_;
    tipring::result<operation> read_ = operation{};
};

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
    {"build/list_calls/tipring", &make<request_building<recorder, miarec::list_calls>>},
    {"build/update_user/tipring", &make<request_building<recorder, miarec::update_user>>},
    {"build/call_file_url/tipring", &make<request_building<recorder, miarec::call_file_url>>},
    {"build/odata_6/tipring", &make<odata_building>},
    {"build/cloudlink_list_users/tipring", &make<request_building<cloud, cloudlink::list_users>>},
    {"build/cloudlink_update_user/tipring", &make<request_building<cloud, cloudlink::update_user>>},
    {"build/session_step/tipring", &make<session_step>},
    {"parse/create_user/tipring", &make<create_user_parsing>},
    {"parse/cloudlink_list_users/tipring", &make<odata_parsing>},
    {"answer/call/tipring", &make<call_answer>},
};

} // namespace

std::span<const request_row> request_rows() {
    return rows;
}

} // namespace bench
