// One error of each kind: what the API refuses, what tipring refuses before anything is sent, what
// cannot be read, and what the wire does. None of them ends the program; all of them say what and
// where.
#include "walk.hpp"

namespace provision {

namespace miarec = tipring::miarec;
namespace http = tipring::http;

namespace {

/// The refusal, which must be there.
template <class T>
const http::api_error& refusal_of(const client& api, const http::answer<T>& got, int status) {
    api.require(got.refusal() != nullptr,
                got ? std::string{"that should have been refused"} : said(got.error()));
    api.require(got.refusal()->status == status, join("refused, but not with ", status));
    return *got.refusal();
}

miarec::create_tenant tenant_called(text name) {
    return {.tenant = miarec::tenant{.name = name}};
}

void refused_by_the_api(client& api, client& impostor, client& david, const made_things& made) {
    heading("The API says no:");
    const auto twice = api.ask(tenant_called(made.tenant_name));
    const http::api_error& invalid = refusal_of(api, twice, 400);
    api.require(miarec::is_validation_error(invalid) && !invalid.details.empty(),
                "no word about the field");
    api.tell(join("the name is taken. ", invalid.code, ": ", invalid.message));
    for (const http::field_error& each : invalid.details)
        remark(join("field ", each.field, ": ", each.message));

    const auto stranger = impostor.ask(miarec::list_tenants{});
    impostor.tell(join("wrong password. ", refusal_of(impostor, stranger, 401).message));

    const auto agent = david.ask(tenant_called("David's own"));
    const http::api_error& forbidden = refusal_of(david, agent, 403);
    david.tell(join("David may not. ", forbidden.code, forbidden.code.empty() ? "" : ": ",
                    forbidden.message));

    const auto unknown = api.ask(
        miarec::view_call{.call_id = miarec::call_id{"00000000-0000-4000-8000-000000000000"}});
    refusal_of(api, unknown, 404);
    api.tell(join("no such call. The body, as ",
                  http::media_type(unknown.response().content_type()), ":"));
    remark(unknown.response().body);
}

/// Shows that encode() refuses: the request is never made.
template <http::operation_type Op>
void must_not_encode(client& api, text what, const Op& op, tipring::errc code,
                     const tipring::origin_server& server) {
    const auto request = tipring::encode(op, server, api.fresh_request_memory());
    if (request.code() != code)
        throw failed{
            join(what, ": ", request ? std::string{"was accepted"} : said(request.error()))};
    attempt(what, "-", said(request.error()));
}

void refused_by_tipring(client& api) {
    using tipring::errc;
    const tipring::origin_server& server = api.server();
    heading("tipring says no, and nothing is sent:");
    must_not_encode(api, "a call without its id", miarec::view_call{}, errc::missing_parameter,
                    server);
    must_not_encode(api, "a call with the id \"..\"",
                    miarec::view_call{.call_id = miarec::call_id{".."}}, errc::bad_parameter,
                    server);
    must_not_encode(api, "1001 calls per page", miarec::list_calls{.limit = 1001},
                    errc::bad_parameter, server);

    const auto login =
        tipring::auth::basic_authorization::make("api\r\nuser", tipring::secret{"?"});
    if (login) throw failed{"a line break in the login was accepted"};
    attempt("a line break in the login", "-", said(login.error()));
    const http::header smuggled[] = {{.name = "X-On-Behalf-Of", .value = "peter\r\nX-Role: root"}};
    tipring::origin_server other = api.server();
    other.headers = smuggled;
    must_not_encode(api, "a user name that smuggles in another header", miarec::list_calls{},
                    errc::bad_header, other);

    http::pager pages{api.server()};
    const auto first = pages.first(miarec::list_calls{}, api.fresh_request_memory());
    const auto astray = pages.next("https://elsewhere.example/api/v2/calls.json?start=20",
                                   api.fresh_request_memory());
    if (!first || astray.code() != errc::other_origin)
        throw failed{"a link to another origin was followed"};
    attempt("a next_url that leads to elsewhere.example", "-", said(astray.error()));
}

/// The error tells how much would have been enough, so the second try is the last.
void too_little_memory(client& api) {
    heading("Memory and broken answers:");
    const miarec::list_calls op{.limit = 20,
                                .search_term = "a term that makes the request somewhat longer"};
    tipring::static_arena<64> small;
    const auto refused = tipring::encode(op, api.server(), small);
    if (refused.code() != tipring::errc::capacity) throw failed{"a request fitted into 64 bytes"};
    attempt("a request in 64 bytes of memory", "-", said(refused.error()));

    std::vector<std::byte> enough(refused.error().needed);
    tipring::arena larger{std::span<std::byte>{enough}};
    const auto request = tipring::encode(op, api.server(), larger);
    if (!request)
        throw failed{join("not even in ", enough.size(), " bytes: ", said(request.error()))};
    api.send(*request);
    api.tell(join("the same request, made in ", enough.size(), " bytes"));
}

void broken_answer(client& api) {
    const auto request =
        tipring::encode(miarec::list_calls{.limit = 20}, api.server(), api.fresh_request_memory());
    if (!request) throw failed{said(request.error())};
    const reply& whole = api.send(*request);
    api.tell(join("20 calls in ", whole.body.size(), " bytes"));

    http::response cut = whole.view();
    cut.body = cut.body.substr(0, cut.body.size() * 2 / 3);
    tipring::static_arena<65536> memory;
    const auto got = tipring::decode<miarec::list_calls>(cut, memory);
    if (got || got.refusal() != nullptr) throw failed{"half an answer was accepted"};
    attempt(join("the first ", cut.body.size(), " bytes of it"), "-", said(got.error()));
}

/// Told apart because only a request that was not sent may be sent again without a second thought.
void no_answer(client& api, tally& counts) {
    heading("The wire says no:");
    client nobody{"http://127.0.0.1:1", counts, api.choices()};
    const auto unsent =
        nobody.try_send(http::request{.origin = nobody.server().origin, .target = "/"});
    if (!unsent || unsent->delivery != http::delivery::not_sent)
        throw failed{"something listens at port 1"};
    attempt("a server that is not there", "-",
            join(unsent->what, ": not sent, safe to send again"));

    const auto request =
        tipring::encode(miarec::list_calls{}, api.server(), api.fresh_request_memory());
    if (!request) throw failed{said(request.error())};
    const auto lost = api.try_send(*request, [](text) { return false; });
    if (!lost || lost->delivery != http::delivery::unknown)
        throw failed{"a transfer that was broken off counts as not sent"};
    attempt("an answer broken off by ourselves", "-",
            join(lost->what, ": sent, the server may have acted"));
}

} // namespace

void show_errors(client& api, client& impostor, client& david, const made_things& made,
                 tally& counts) {
    section("4. Errors, one of each kind");
    refused_by_the_api(api, impostor, david, made);
    refused_by_tipring(api);
    too_little_memory(api);
    broken_answer(api);
    no_answer(api, counts);
}

} // namespace provision
