// URL, query and headers: a target with an id and parameters is put together, a server's URL and
// the link that it gives are read and resolved, headers are checked.
#include "../part.hpp"

#include <tipring/http/field_rules.hpp>
#include <tipring/http/query.hpp>
#include <tipring/http/url.hpp>

using namespace tipring;

namespace {

text server = "https://recorder.example:8443";
text link = "https://recorder.example:8443/api/v2/calls.json?limit=100&start=100";
text id = "caf\u00E9/546340bf";
http::header header = {.name = "Authorization", .value = "Basic YXBpdXNlcjpzZWNyZXQ="};
char bytes[160];

} // namespace

bool job() {
    writer target{*hidden(&bytes)};
    target.put("/api/v2/calls/");
    if (!http::check_path_segment(*hidden(&id))) return false;
    http::put_percent_encoded(target, id);
    http::query_writer query{target};
    query.add("from_number", *hidden(&server));
    query.add_integer("limit", 100);
    if (target.size() != 94) return false;
    writer next{*hidden(&bytes)};
    const auto followed =
        http::resolve(*hidden(&server), "/api/v2/calls.json", *hidden(&link), next);
    return followed && next.size() == 38 && http::check(*hidden(&header));
}
