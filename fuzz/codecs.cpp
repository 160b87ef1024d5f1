// What text becomes on its way into a URL, a form or a header and back: percent-encoding, queries,
// forms, Base64, UTF-8. What was encoded holds nothing but the characters of its form, has exactly
// the size that it is measured to have, and decodes to the same text, by plain decoders written
// here too; what comes in from outside is accepted when those accept it. Input: a choice, then
// text, which is also taken as lines, a name and a value each.
#include <tipring/auth/base64.hpp>
#include <tipring/core/arena.hpp>
#include <tipring/core/utf8.hpp>
#include <tipring/http/form.hpp>
#include <tipring/http/query.hpp>
#include <tipring/http/url.hpp>

#include "guard_page.hpp"
#include "target.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace tipring;

// The plain decoders: nothing of the library is in them.

int plain_hex(char c) {
    constexpr std::string_view digits = "0123456789abcdef";
    const std::size_t at = digits.find(c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c);
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

std::optional<std::string> plain_percent_decode(std::string_view coded, bool plus_is_blank) {
    std::string made;
    for (std::size_t at = 0; at < coded.size(); ++at) {
        if (coded[at] == '%') {
            if (at + 2 >= coded.size()) return std::nullopt;
            const int high = plain_hex(coded[at + 1]);
            const int low = plain_hex(coded[at + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            made += static_cast<char>(static_cast<unsigned char>(high * 16 + low));
            at += 2;
        } else {
            made += coded[at] == '+' && plus_is_blank ? ' ' : coded[at];
        }
    }
    return made;
}

constexpr std::string_view letters_and_digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// Bit by bit. Refused are characters outside of the alphabet, bits left over that are set, and
/// another padding than the form's.
std::optional<std::string> plain_base64_decode(std::string_view coded, bool is_url) {
    if (!is_url) {
        if (coded.size() % 4 != 0) return std::nullopt;
        for (int i = 0; i < 2 && coded.ends_with('='); ++i) coded.remove_suffix(1);
    }
    const std::string alphabet = std::string{letters_and_digits.substr(0, 26)} +
                                 std::string{letters_and_digits.substr(26, 26)} +
                                 std::string{letters_and_digits.substr(52)} +
                                 (is_url ? "-_" : "+/");
    std::vector<bool> bits;
    for (const char c : coded) {
        const std::size_t value = alphabet.find(c);
        if (value == std::string::npos) return std::nullopt;
        for (int bit = 5; bit >= 0; --bit) bits.push_back((value >> bit & 1) != 0);
    }
    if (bits.size() % 8 >= 6) return std::nullopt;
    std::string made(bits.size() / 8, '\0');
    for (std::size_t i = 0; i < bits.size(); ++i) {
        if (i / 8 == made.size()) {
            if (bits[i]) return std::nullopt;
            continue;
        }
        const unsigned byte = static_cast<unsigned char>(made[i / 8]);
        made[i / 8] = static_cast<char>(static_cast<unsigned char>(byte << 1 | (bits[i] ? 1 : 0)));
    }
    return made;
}

/// By the value that the bits make up: no shorter form, no surrogate, nothing above U+10FFFF.
bool plain_is_utf8(std::string_view bytes) {
    for (std::size_t at = 0; at < bytes.size();) {
        const unsigned first = static_cast<unsigned char>(bytes[at]);
        const std::size_t tails = first < 0x80   ? 0
                                  : first < 0xC0 ? 9
                                  : first < 0xE0 ? 1
                                  : first < 0xF0 ? 2
                                  : first < 0xF8 ? 3
                                                 : 9;
        if (tails == 9 || at + tails >= bytes.size()) return false;
        std::uint32_t value = tails == 0 ? first : first & (0x3Fu >> tails);
        for (std::size_t i = 1; i <= tails; ++i) {
            const unsigned tail = static_cast<unsigned char>(bytes[at + i]);
            if (tail >> 6 != 2) return false;
            value = value << 6 | (tail & 0x3Fu);
        }
        constexpr std::uint32_t least[] = {0, 0x80, 0x800, 0x10000};
        if (value < least[tails] || value > 0x10FFFF || value >> 11 == 0x1B) return false;
        at += tails + 1;
    }
    return true;
}

bool is_made_of(std::string_view coded, std::string_view more) {
    for (const char c : coded)
        if (letters_and_digits.find(c) == std::string_view::npos &&
            more.find(c) == std::string_view::npos)
            return false;
    return true;
}
/// Upper-case escapes, and each of what needs one.
bool has_needless_escape(std::string_view coded, std::string_view plain) {
    for (std::size_t at = coded.find('%'); at != std::string_view::npos;
         at = coded.find('%', at + 1)) {
        const std::string_view escape = coded.substr(at, 3);
        for (const char c : escape)
            if (c >= 'a' && c <= 'f') return true;
        const auto decoded = plain_percent_decode(escape, false);
        if (!decoded || is_made_of(*decoded, plain)) return true;
    }
    return false;
}

/// What `write` writes: measured, into a block of exactly that size, and into smaller ones, of
/// which none is written past its end.
template <class Write>
std::string written_by(const Write& write, std::string_view about) {
    writer measure;
    write(measure);
    const std::size_t size = measure.size();
    std::string made;
    for (const std::size_t room : {size, size - size / 3, size / 2, std::size_t{0}}) {
        const std::unique_ptr<char[]> bytes{new char[room + (room == 0 ? 1u : 0u)]};
        writer out{std::span{bytes.get(), room}};
        write(out);
        fuzz::require(out.size() == size, "another size is measured", about);
        fuzz::require(out.fits() == (room >= size), "fits() is wrong", about);
        if (room == size) made = std::string{out.written()};
        if (room < size) fuzz::require(out.written().empty(), "a part of the text", about);
    }
    return made;
}

void check_decoder(text coded, http::plus_sign plus) {
    const bool plus_is_blank = plus == http::plus_sign::is_space;
    const auto expected = plain_percent_decode(coded, plus_is_blank);
    exact_memory::text_before_end copy;
    const std::span<char> in_place = copy.keep(coded);
    const auto size =
        http::percent_decode(text{in_place.data(), in_place.size()}, in_place.data(), plus);
    fuzz::require(size.has_value() == expected.has_value(), "escapes are judged wrongly", coded);
    const std::unique_ptr<char[]> bytes{new char[coded.size() + 1]};
    arena memory{std::span{bytes.get(), coded.size()}};
    const auto decoded = http::percent_decode(coded, memory, plus);
    fuzz::require(decoded.code() == size.code(), "another verdict in an arena", coded);
    if (!size) {
        const std::size_t offset = size.error().offset;
        fuzz::require(offset < coded.size() && coded[offset] == '%' &&
                          decoded.error().offset == offset &&
                          plain_percent_decode(coded.substr(0, offset), false) &&
                          !plain_percent_decode(coded.substr(offset, 3), false),
                      "not the first bad escape", coded);
        return;
    }
    fuzz::require(text{in_place.data(), *size} == *expected, "decoded wrongly in place", coded);
    fuzz::require(*decoded == *expected, "decoded wrongly", coded);
    fuzz::require(http::equals_decoded(coded, *expected, plus), "not equal to itself", coded);
    fuzz::require(!http::equals_decoded(coded, *expected + "x", plus), "equal to more", coded);
    if (memory.used() == 0) return;
    arena less{std::span{bytes.get(), memory.used() - 1}};
    const auto refused = http::percent_decode(coded, less, plus);
    fuzz::require(refused.code() == errc::capacity && refused.error().needed >= memory.used(),
                  "decoded into too little memory", coded);
}

void check_percent_encoding(text raw) {
    const std::string coded =
        written_by([raw](writer& out) { http::put_percent_encoded(out, raw); }, raw);
    fuzz::require(is_made_of(coded, "-._~%") && !has_needless_escape(coded, "-._~"),
                  "another character in a URL", raw);
    fuzz::require(plain_percent_decode(coded, false) == std::string{raw} &&
                      plain_percent_decode(coded, true) == std::string{raw},
                  "percent-encoded it is another text", raw);
    check_decoder(coded, http::plus_sign::is_plus);
    if (http::check_path_segment(raw))
        fuzz::require(!raw.empty() && raw != "." && raw != ".." && plain_is_utf8(raw) &&
                          raw.find_first_of(text{"\0\r\n\t", 4}) == text::npos,
                      "no segment of a path", raw);
}

void check_form_encoding(text raw) {
    const std::string coded =
        written_by([raw](writer& out) { http::put_form_encoded(out, raw); }, raw);
    fuzz::require(is_made_of(coded, "*-._%+") && !has_needless_escape(coded, "*-._ "),
                  "another character in a form", raw);
    fuzz::require(plain_percent_decode(coded, true) == std::string{raw},
                  "in a form it is another text", raw);
    check_decoder(coded, http::plus_sign::is_space);
}

void check_base64(text raw, auth::base64_form form) {
    const bool is_url = form == auth::base64_form::url;
    const auto decode = [is_url](text coded, char* out) {
        return is_url ? auth::decode_base64url(coded, out) : auth::decode_base64(coded, out);
    };
    const std::string coded = written_by(
        [raw, is_url](writer& out) {
            is_url ? auth::put_base64url(raw, out) : auth::put_base64(raw, out);
        },
        raw);
    fuzz::require(coded.size() ==
                      (is_url ? auth::base64url_size(raw.size()) : auth::base64_size(raw.size())),
                  "another size in Base64", raw);
    fuzz::require(plain_base64_decode(coded, is_url) == std::string{raw}, "another text in Base64",
                  raw);
    // The input itself as Base64 from outside; and ours, a little changed, which is mostly right.
    std::string changed = coded;
    if (!changed.empty()) changed[raw.size() % changed.size()] = raw.front();
    for (const text given : {raw, text{coded}, text{changed}}) {
        const std::size_t room =
            is_url ? given.size() / 4 * 3 + given.size() % 4 * 3 / 4 : given.size() / 4 * 3;
        const std::unique_ptr<char[]> bytes{new char[room + (room == 0 ? 1u : 0u)]};
        const auto size = decode(given, bytes.get());
        const auto expected = plain_base64_decode(given, is_url);
        fuzz::require(size.has_value() == expected.has_value(), "Base64 is judged wrongly", given);
        if (size)
            fuzz::require(text{bytes.get(), *size} == *expected, "Base64 is read wrongly", given);
        else
            fuzz::require(size.error().offset <= given.size(), "an offset outside", given);
    }
    // In pieces it is the same.
    std::string pieces(coded.size(), '\0');
    writer out{std::span<char>{pieces}};
    auth::base64_encoder encoder{out, form};
    encoder.put(slice(raw, 0, raw.size() / 3));
    encoder.put(slice(raw, raw.size() / 3));
    encoder.finish();
    fuzz::require(out.written() == coded, "in pieces it is another Base64", raw);
}

using pairs = std::vector<std::pair<std::string, std::string>>;

pairs pairs_of(fuzz::input_reader lines) {
    pairs all;
    while (!lines.empty() && all.size() < 100) {
        const std::string_view line = lines.line();
        const std::size_t mark = line.find('=');
        all.emplace_back(line.substr(0, mark),
                         mark == line.npos ? std::string_view{} : line.substr(mark + 1));
    }
    return all;
}

/// What is written as a query or form is read as the same pairs in the same order.
void check_pairs(const pairs& sent, bool is_form, std::string_view about) {
    const std::string written = written_by(
        [&](writer& out) {
            http::query_writer query{out};
            http::form_writer form{out};
            for (const auto& [name, value] : sent)
                is_form ? form.add(name, value) : query.add(name, value);
        },
        about);
    text query = written;
    if (!is_form && !sent.empty()) {
        fuzz::require(query.starts_with('?'), "a query without a question mark", about);
        query.remove_prefix(1);
    }
    auto reader = http::query_reader::make(query);
    fuzz::require(reader.has_value(), "what was written is refused", written);
    const std::unique_ptr<char[]> bytes{new char[written.size() * 2 + 1]};
    arena memory{std::span{bytes.get(), written.size() * 2}};
    for (const auto& [name, value] : sent) {
        const auto pair = reader->next();
        fuzz::require(pair && reader->is_named(*pair, name), "another name", written);
        const auto got = http::percent_decode(pair->value, memory, http::plus_sign::is_space);
        fuzz::require(got && *got == value, "another value", written);
        fuzz::require(reader->count(name) != 0 && reader->find(name), "not to be found", written);
        fuzz::require(query.substr(pair->offset).starts_with(pair->name), "another offset",
                      written);
    }
    fuzz::require(!reader->next(), "one pair too many", written);
}

/// A query from outside: its pairs, put together again, are the query without empty ones.
void check_received(text query) {
    auto reader = http::query_reader::make(query);
    if (!reader) {
        if (reader.code() == errc::too_many) return;
        const std::size_t at = reader.error().offset;
        const bool is_bad =
            at < query.size() &&
            (query[at] == '%' ? !plain_percent_decode(query.substr(at, 3), false)
                              : query[at] == ' ' || query[at] == '#' || query[at] == 0x7F ||
                                    static_cast<unsigned char>(query[at]) < 0x20);
        fuzz::require(is_bad, "not a bad byte of the query", query);
        return;
    }
    std::string expected;
    for (std::size_t start = 0; start < query.size();) {
        const std::size_t end = std::min(query.find('&', start), query.size());
        if (end != start) expected += std::string{query.substr(start, end - start)} + '&';
        start = end + 1;
    }
    std::string seen;
    while (const auto pair = reader->next())
        seen +=
            std::string{pair->name} + (pair->has_value ? "=" : "") + std::string{pair->value} + '&';
    fuzz::require(seen == expected, "other pairs than in the query", query);
    fuzz::require(query.find_first_of(" #") == text::npos, "accepted what is no query", query);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::input_reader input{data, size};
    const unsigned which = input.choice(4);
    const text raw = fuzz::before_end_of_memory(input.rest());
    switch (which) {
    case 0:
        check_percent_encoding(raw);
        check_form_encoding(raw);
        fuzz::require(is_utf8(raw) == plain_is_utf8(raw), "UTF-8 is judged wrongly", raw);
        fuzz::require(plain_is_utf8(slice(raw, 0, find_ill_formed_utf8(raw))),
                      "ill-formed UTF-8 before its offset", raw);
        break;
    case 1:
        check_decoder(raw, http::plus_sign::is_plus);
        check_decoder(raw, http::plus_sign::is_space);
        check_received(raw);
        break;
    case 2:
        check_base64(raw, auth::base64_form::standard);
        check_base64(raw, auth::base64_form::url);
        break;
    default: {
        pairs sent = pairs_of(input);
        check_pairs(sent, true, raw);
        check_pairs(sent, false, raw);
    }
    }
    return 0;
}
