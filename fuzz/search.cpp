// The search languages in a query, MiaRec's and OData's: a search made of the input's bytes is read
// by a server as it was sent; a query from outside that is read is written, in nothing but the
// characters that travel unchanged, and read again it is the same. Input: a choice, then bytes that
// decide what the search is, or the text of the query.
#include <tipring/cloudlink/odata.hpp>
#include <tipring/core/arena.hpp>
#include <tipring/http/query.hpp>
#include <tipring/miarec/search.hpp>
#include <tipring/miarec/search_codec.hpp>

#include "guard_page.hpp"
#include "odata_expressions.hpp"
#include "search_conditions.hpp"
#include "target.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace tipring;
namespace odata = tipring::cloudlink::odata;

struct memory {
    std::vector<std::byte> bytes = std::vector<std::byte>(std::size_t{1} << 15);
    arena room{std::span<std::byte>{bytes}};
};

/// How one language is read and written.
struct miarec_language {
    using search = miarec::call_search;
    static constexpr http::plus_sign plus = http::plus_sign::is_space;
    static result<bool> take(text name, text value, search& into, arena&) {
        return miarec::parse_clause(name, value, into);
    }
    static result<void> put(const search& what, http::query_writer& out) {
        return miarec::put_query(what, out);
    }
};
struct odata_language {
    using search = odata::query;
    static constexpr http::plus_sign plus = http::plus_sign::is_plus;
    static result<bool> take(text name, text value, search& into, arena& memory) {
        return odata::take_option(name, value, into, memory);
    }
    static result<void> put(const search& what, http::query_writer& out) {
        return odata::put_query(what, out);
    }
};

/// Reads a query as a server does; errc::ok when there is nothing but the search in it.
template <class Language>
errc read(text query, typename Language::search& into, arena& memory) {
    auto pairs = http::query_reader::make(query, {.plus = Language::plus});
    if (!pairs) return pairs.code();
    while (const auto pair = pairs->next()) {
        const auto name = pairs->decode(pair->name, memory);
        if (!name) return name.code();
        const auto value = pairs->decode(pair->value, memory);
        if (!value) return value.code();
        const auto taken = Language::take(*name, *value, into, memory);
        if (!taken) {
            const std::size_t offset = taken.error().offset;
            fuzz::require(offset == error::no_offset || offset <= value->size(),
                          "an offset outside", query);
            return taken.code();
        }
        if (!*taken && *name != "advanced_search") return errc::unknown_parameter;
    }
    return errc::ok;
}

template <class Language>
result<void> write(const typename Language::search& what, std::string& into) {
    static char bytes[1u << 16];
    writer out{bytes};
    http::query_writer query{out};
    if (const auto put = Language::put(what, query); !put) return put;
    fuzz::require(out.fits(), "longer than anybody would think", "");
    into = std::string{out.written()};
    return {};
}

void check_characters(std::string_view query) {
    constexpr std::string_view plain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~%=&$";
    fuzz::require(query.empty() || query.front() == '?', "no question mark", query);
    fuzz::require(query.empty() || query.find_first_not_of(plain, 1) == query.npos,
                  "a character that may change on the way", query);
}

template <class Language>
void check_received(text query) {
    memory first;
    typename Language::search got = {};
    if (read<Language>(query, got, first.room) != errc::ok) return;
    std::string written;
    // What was read but is not sent, such as bounds in the wrong order.
    if (!write<Language>(got, written)) return;
    check_characters(written);
    exact_memory::text_before_end page;
    const std::span<char> held =
        page.keep(std::string_view{written}.substr(written.empty() ? 0 : 1));
    memory second;
    typename Language::search again = {};
    fuzz::require(read<Language>({held.data(), held.size()}, again, second.room) == errc::ok,
                  "what was written is refused", query);
    fuzz::require_none(got == again ? "" : "written it is another search\n  as: " + written, query);
}

template <class Language>
void check_sent(const typename Language::search& sent, std::string_view about) {
    std::string written;
    fuzz::require(write<Language>(sent, written).has_value(), "cannot be written", about);
    check_characters(written);
    memory room;
    typename Language::search got = {};
    fuzz::require(read<Language>(std::string_view{written}.substr(written.empty() ? 0 : 1), got,
                                 room.room) == errc::ok,
                  "what was written is refused", written);
    fuzz::require(got == sent, "a server reads another search", written);
}

void send_miarec(random_values::engine& source, std::string_view about) {
    search_conditions::generator make{source};
    miarec::call_search sent;
    for (std::uint32_t i = 0, size = 1 + make.below(miarec::call_search::capacity); i < size; ++i)
        fuzz::require(sent.add(make.any()) == errc::ok, "a condition too many", about);
    check_sent<miarec_language>(sent, about);
}

void send_odata(random_values::engine& source, std::string_view about) {
    odata_expressions::generator random{source};
    odata_expressions::filter_maker maker;
    // A time in quotes is read back as text.
    random.properties = {0, 1, 2, 3, 4, 5, 6, 8};
    odata::query sent;
    sent.filter = maker.make(random.expression(1 + random.below(odata::filter::capacity)));
    if (random.below(2) == 0) sent.skip = static_cast<std::int64_t>(random.below(1000));
    if (random.below(2) == 0) sent.top = static_cast<std::int64_t>(random.below(1000));
    if (random.below(2) == 0) sent.count = random.below(2) == 0;
    if (random.below(3) == 0) sent.search = "a b&c=+%";
    for (std::size_t i = random.below(3); i != 0; --i)
        static_cast<void>(sent.orderby.add({odata_expressions::property_names[i], i == 2}));
    check_sent<odata_language>(sent, about);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::input_reader input{data, size};
    const unsigned which = input.choice(4);
    const text rest = fuzz::before_end_of_memory(input.rest());
    random_values::engine source{std::span{data + (size - rest.size()), rest.size()}};
    switch (which) {
    case 0: check_received<miarec_language>(rest); break;
    case 1: check_received<odata_language>(rest); break;
    case 2: send_miarec(source, rest); break;
    default: send_odata(source, rest);
    }
    return 0;
}
