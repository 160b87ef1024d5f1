// Lists of calls: page by page, by search, by day, and row by row through a small buffer.
#include "walk.hpp"

#include <algorithm>
#include <array>
#include <chrono>

namespace provision {

namespace miarec = tipring::miarec;
namespace http = tipring::http;

namespace {

/// A call of the first page, to search for others like it.
struct sample {
    std::string digits;
    std::optional<tipring::calendar_date> day;
    std::int64_t total = 0;
};

constexpr std::chrono::seconds shortest{30};
constexpr std::chrono::minutes longest{10};

std::optional<tipring::calendar_date> day_of(const miarec::call& call) {
    const auto when = call.setup_time->parse();
    if (!when) return std::nullopt;
    return tipring::calendar_date{std::chrono::floor<std::chrono::days>(when->local)};
}

std::optional<std::chrono::seconds> length_of(const miarec::call& call) {
    const auto from = call.connect_time->parse();
    const auto to = call.disconnect_time->parse();
    if (!from || !to || !from->instant() || !to->instant()) return std::nullopt;
    return std::chrono::floor<std::chrono::seconds>(*to->instant() - *from->instant());
}

/// A number to search for, from a call that the search below must find. Lists may show too little
/// of a call to tell how long it was; then any number will do.
void take_sample(const miarec::call& call, sample& into) {
    constexpr std::size_t wanted = 3;
    const auto length = length_of(call);
    const bool fits =
        length ? *length >= shortest && *length <= longest : !call.connect_time && !call.call_state;
    const text number = *call.from_number;
    if (!fits || number.size() < wanted) return;
    into.digits = number.substr(number.size() - wanted);
    into.day = day_of(call);
}

/// Page by page, following the server's links.
sample page_by_page(client& api) {
    sample example;
    http::pager pages{api.server(), {.most_pages = 4}};
    auto request = pages.first(miarec::list_calls{.limit = 100, .max_total_calc = 1000},
                               api.fresh_request_memory());
    while (request && *request) {
        const auto page = api.value_of(api.read<miarec::list_calls>(**request));
        const auto& calls = *page.calls;
        for (const miarec::call& each : calls)
            if (example.digits.empty()) take_sample(each, example);
        example.total = page.total.value_or(example.total);
        api.count_rows(calls.size());
        api.require(!calls.empty(), "a page without calls");
        api.tell(join("page ", pages.pages(), ": ", count(calls.size(), "call"),
                      page.total      ? join(" of ", *page.total)
                      : page.next_url ? std::string{" of many"}
                                      : std::string{}));
        request = pages.next(*page.next_url, api.fresh_request_memory());
    }
    if (!request)
        attempt("the link to one page more", "-",
                join("the pager was told to stop here: ", said(request.error())));
    if (!request && request.code() != tipring::errc::too_many_pages)
        api.fail(said(request.error()));
    api.require(!example.digits.empty(), "no call of 30 s to 10 min to search for");
    return example;
}

/// Conditions are expressions; what an operator does not take does not compile.
std::vector<std::string> search_typed(client& api, const sample& like) {
    using namespace miarec::search;
    const auto page =
        api.must(miarec::list_calls{.limit = 100,
                                    .where = phone_number.includes(like.digits) &&
                                             miarec::search::duration.between(shortest, longest)});
    std::vector<std::string> found;
    for (const miarec::call& each : *page.calls) {
        const bool has_digits = each.from_number->find(like.digits) != text::npos ||
                                each.to_number->find(like.digits) != text::npos;
        api.require(has_digits || (!each.from_number && !each.to_number),
                    "a call with another number");
        const auto length = length_of(each);
        api.require(!length || (*length >= shortest && *length <= longest),
                    "a call of another length");
        found.emplace_back(each.call_id->value);
    }
    api.count_rows(found.size());
    api.tell(join(count(found.size(), "call"), page.next_url ? " and more" : "",
                  " of 30 s to 10 min with ...", like.digits));
    api.require(!found.empty(), "no call was found");
    return found;
}

void search_by_day(client& api, const sample& like) {
    if (!like.day) return;
    const auto page = api.must(
        miarec::list_calls{.limit = 100, .daterange = tipring::date_range{*like.day, *like.day}});
    for (const miarec::call& each : *page.calls)
        api.require(day_of(each) == like.day, "a call of another day");
    api.count_rows(page.calls->size());
    api.require(!page.calls->empty(), "no call was found");
    api.tell(join(count(page.calls->size(), "call"), page.next_url ? " and more" : "",
                  " of that one day"));
}

/// Memory painted with a pattern, as firmware does to learn how much of it is ever used.
class painted_memory {
public:
    painted_memory() { bytes_.fill(paint); }
    std::span<std::byte> bytes() { return bytes_; }
    /// All but the longest stretch that nobody touched.
    std::size_t most_used() const {
        std::size_t untouched = 0;
        std::size_t run = 0;
        for (const std::byte b : bytes_) {
            run = b == paint ? run + 1 : 0;
            untouched = std::max(untouched, run);
        }
        return bytes_.size() - untouched;
    }

private:
    static constexpr std::byte paint{0xA5};
    alignas(std::max_align_t) std::array<std::byte, 8192> bytes_;
};

/// All calls, however many: no page is ever held, only the row at hand.
void row_by_row(client& api, const sample& like) {
    painted_memory memory;
    std::size_t rows = 0;
    std::size_t received = 0;
    std::size_t chunks = 0;
    http::pager pages{api.server()};
    auto request = pages.first(miarec::list_calls{.limit = 1000}, api.fresh_request_memory());
    while (request && *request) {
        tipring::row_stream<miarec::list_calls> calls{memory.bytes()};
        const reply& answer = api.send(**request, [&](text chunk) {
            ++chunks;
            received += chunk.size();
            calls.feed(chunk);
            while (const miarec::call* call = calls.next())
                rows += call->call_id->empty() ? 0u : 1u;
            return calls.failure().code == tipring::errc::ok;
        });
        api.require(http::is_success(answer.status), answer.body);
        const auto page = calls.end();
        if (!page) api.fail(said(page.error()));
        api.tell(join(count(calls.rows(), "row"), ", each decoded as it arrived"));
        request = pages.next(*page->next_url, api.fresh_request_memory());
    }
    if (!request) api.fail(said(request.error()));
    api.count_rows(rows);
    api.require(rows >= static_cast<std::size_t>(like.total),
                "fewer calls than the server counted");
    remark(join(rows, " calls, ", received, " bytes of JSON in ", chunks, " chunks,"));
    remark(join("through a buffer of ", memory.bytes().size(), " bytes, of which ",
                memory.most_used(), " were ever used"));
}

} // namespace

found_things visit_calls(client& api, const made_things& made) {
    section("2. Calls");
    const sample like = page_by_page(api);
    const auto found = search_typed(api, like);
    search_by_day(api, like);
    row_by_row(api, like);
    found_things call = look_at_one(api, found);
    set_custom_field(api, call);
    mute(api, made);
    return call;
}

} // namespace provision
