// What must hold when any bytes are decoded as any type: every way to decode gives the same value
// or the same error. Used by the fuzz target `decode` and by the everyday test. The document ends
// where readable memory ends, each arena is a heap block of exactly its size, and neither holds
// zeros.
#pragma once

#include <tipring/core/error.hpp>
#include <tipring/json/decode.hpp>

#if TIPRING_TEST_BOOST
#include <tipring/json/boost.hpp>

#include "boost_faults.hpp"
#endif

#include "any_object.hpp"
#include "guard_page.hpp"
#include "json_grammar.hpp"

#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace fuzz {

class decode_oracle {
public:
    using options = tipring::json::decode_options;

    /// How the ways to decode differ; empty when all agree. `small_memory` is the size of an arena
    /// that may be too small, tried besides ones that are large enough and just large enough; 0 for
    /// neither.
    std::string difference(const tipring::json::table& type, std::string_view document,
                           const options& chosen = {}, std::size_t small_memory = 0) {
        if (differs(type, document, chosen, small_memory)) return difference_;
        return {};
    }

    /// Of the last document: whether it was a value of the type.
    bool accepted() const { return accepted_; }

private:
    using errc = tipring::errc;

    struct attempt {
        attempt(const tipring::json::table& type, std::size_t room)
            : value{type}, bytes{new std::byte[room]}, memory{std::span{bytes.get(), room}} {
            std::memset(bytes.get(), 0xA5, room < 512 ? room : 512);
        }

        any_object value;
        std::unique_ptr<std::byte[]> bytes;
        tipring::arena memory;
        tipring::json::decode_report report;
        tipring::error failure;

        bool is_good() const { return failure.code == errc::ok; }
    };

    template <class Engine = tipring::json::builtin_engine>
    static void decode(attempt& a, tipring::text body, options chosen) {
        chosen.report = &a.report;
        const auto done = tipring::json::decode_into<Engine>(a.value.type(), a.value.data(), body,
                                                             a.memory, chosen);
        if (!done) a.failure = done.error();
    }
    static void decode_in_place(attempt& a, std::span<char> body, options chosen) {
        chosen.report = &a.report;
        const auto done = tipring::json::decode_into_in_place(a.value.type(), a.value.data(), body,
                                                              a.memory, chosen);
        if (!done) a.failure = done.error();
    }

    bool differs(const tipring::json::table& type, std::string_view document, const options& chosen,
                 std::size_t small_memory) {
        const std::span<char> kept = body_.keep(document);
        const tipring::text body{kept.data(), kept.size()};
        std::size_t room = first_room;
        for (;; room *= 8) {
            attempt reference{type, room};
            decode(reference, body, chosen);
            if (reference.failure.code == errc::capacity && room < most_room) continue;
            return compare(reference, document, body, chosen, room, small_memory);
        }
    }

    bool compare(const attempt& reference, std::string_view document, tipring::text body,
                 const options& chosen, std::size_t room, std::size_t small_memory) {
        accepted_ = reference.is_good();
        const tipring::json::table& type = reference.value.type();
        if (std::memcmp(body.data(), document.data(), document.size()) != 0)
            return found("a const body was changed");
        if (!reference.is_good() && reference.failure.offset > document.size())
            return found("an offset outside the text");

        attempt in_place{type, room};
        decode_in_place(in_place, in_place_body_.keep(document), chosen);
        if (reference.failure.code != errc::capacity &&
            is_other(reference, in_place, "const", "in place"))
            return true;
        if (in_place.memory.used() > reference.memory.used())
            return found("in place takes more memory");
#if TIPRING_TEST_BOOST
        const bool is_judged_by_boost = !boost_faults::may_show(document);
        if (is_judged_by_boost) {
            attempt by_boost{type, room};
            decode<tipring::json::boost_engine>(by_boost, body, chosen);
            if (is_other(reference, by_boost, "builtin", "Boost.JSON")) return true;
            if (by_boost.memory.used() != reference.memory.used())
                return found("builtin and Boost.JSON use different sizes of memory");
        }
#else
        constexpr bool is_judged_by_boost = false;
#endif
        if (!is_judged_by_boost && !is_judged_well(reference, document)) return true;
        if (small_memory == 0) return false;

        if (reference.is_good() && !is_enough(reference, body, chosen)) return true;
        attempt small{type, small_memory};
        decode(small, body, chosen);
        if (!is_right_in_small(reference, small, small_memory)) return true;
#if TIPRING_TEST_BOOST
        if (is_judged_by_boost) {
            attempt small_by_boost{type, small_memory};
            decode<tipring::json::boost_engine>(small_by_boost, body, chosen);
            if (is_other(small, small_by_boost, "builtin, little memory",
                         "Boost.JSON, little memory"))
                return true;
        }
#endif
        return false;
    }

    /// The verdict alone, by the grammar.
    bool is_judged_well(const attempt& reference, std::string_view document) {
        const bool is_json = json_grammar::accepts(document);
        if (reference.is_good()) return is_json || !found("accepted what is no JSON");
        switch (reference.failure.code) {
        case errc::unexpected_end:
        case errc::invalid_json:
        case errc::invalid_utf8:
        case errc::invalid_escape:
        case errc::invalid_number:
        case errc::trailing_text:
            if (is_json) return !found("refused JSON as no JSON: " + line_of(reference.failure));
            break;
        default: break;
        }
        return true;
    }

    /// An arena of no more than what was in use at once does too.
    bool is_enough(const attempt& reference, tipring::text body, const options& chosen) {
        const std::size_t peak = reference.memory.high_water_mark();
        attempt exact{reference.value.type(), (peak + 7) / 8 * 8};
        decode(exact, body, chosen);
        return !is_other(reference, exact, "ample memory", "exact memory");
    }

    bool is_right_in_small(const attempt& reference, const attempt& small, std::size_t size) {
        if (small.failure.code != errc::capacity || reference.failure.code == errc::capacity)
            return !is_other(reference, small, "ample memory", "little memory");
        if (small.failure.needed <= size) return !found("capacity, but no more is needed");
        return small.memory.used() == 0 || !found("memory is in use after a failure");
    }

    bool is_other(const attempt& a, const attempt& b, const char* name_of_a,
                  const char* name_of_b) {
        const char* what = nullptr;
        if (a.failure.code != b.failure.code)
            what = "another verdict";
        else if (!a.is_good())
            what = is_same(a.failure, b.failure) ? nullptr : "another error";
        else if (!a.value.equals(b.value))
            what = "another value";
        else if (a.report.unknown_members != b.report.unknown_members ||
                 a.report.misspelt_members != b.report.misspelt_members)
            what = "another report";
        if (what == nullptr) return false;
        return found(std::string{what} + "\n  " + name_of_a + ": " + said(a) + "\n  " + name_of_b +
                     ": " + said(b));
    }
    static bool is_same(const tipring::error& a, const tipring::error& b) {
        if (a.offset != b.offset || a.needed != b.needed ||
            a.needed_is_lower_bound != b.needed_is_lower_bound || a.path.size != b.path.size ||
            a.path.truncated != b.path.truncated)
            return false;
        for (std::size_t i = 0; i < a.path.size; ++i) {
            const tipring::path_step& left = a.path.steps[i];
            const tipring::path_step& right = b.path.steps[i];
            if (left.name != right.name || left.number != right.number) return false;
        }
        return true;
    }

    static std::string line_of(const tipring::error& failure) {
        char buffer[300];
        return std::string{describe(failure, buffer)};
    }
    static std::string said(const attempt& a) {
        if (!a.is_good()) return line_of(a.failure);
        tipring::writer measure;
        const auto done = tipring::json::encoder{measure, any_object::complete}.run(a.value.type(),
                                                                                    a.value.data());
        return (done ? a.value.encoded() : std::string{"a value"}) + " (" +
               std::to_string(a.report.unknown_members) + " unknown, " +
               std::to_string(a.report.misspelt_members) + " misspelt)";
    }
    bool found(std::string what) {
        difference_ = std::move(what);
        return true;
    }

    static constexpr std::size_t first_room = std::size_t{1} << 14;
    static constexpr std::size_t most_room = std::size_t{1} << 26;

    exact_memory::text_before_end body_;
    exact_memory::text_before_end in_place_body_;
    std::string difference_;
    bool accepted_ = false;
};

} // namespace fuzz
