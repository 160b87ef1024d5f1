// Random conditions of MiaRec's advanced search: every type of parameter with every operator that
// it has, by a seed or by bytes that a fuzzer sets. Not part of the library.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <vector>

#include <tipring/miarec/search.hpp>

#include "random_value.hpp"

namespace search_conditions {

using namespace std::chrono_literals;
using tipring::number;
using tipring::text;
using tipring::miarec::comparison;
using tipring::miarec::condition;
using tipring::miarec::parameter_type;
namespace miarec = tipring::miarec;
namespace search = tipring::miarec::search;

/// Makes conditions of every kind at random; owns their text.
struct generator {
    random_values::engine source;
    std::vector<std::string> texts;

    explicit generator(const random_values::engine& from) : source{from} { texts.reserve(64); }

    std::uint32_t random() { return static_cast<std::uint32_t>(source() >> 16); }
    std::uint32_t below(std::uint32_t end) { return random() % end; }
    text words() {
        static const char* const pieces[] = {"a",
                                             "Z",
                                             "0",
                                             "9",
                                             " ",
                                             "+",
                                             "%",
                                             "&",
                                             "=",
                                             "#",
                                             "/",
                                             "-",
                                             "_",
                                             "__",
                                             ":",
                                             "\"",
                                             "\\",
                                             "\xC3\xA9",
                                             "\xF0\x9F\x93\x9E",
                                             "\x7F",
                                             "\n",
                                             "?",
                                             ";",
                                             "~",
                                             "'"};
        std::string made;
        for (std::uint32_t i = 0, size = 1 + below(12); i < size; ++i)
            made += pieces[below(std::size(pieces))];
        texts.push_back(made);
        return texts.back();
    }
    text decimal(bool negative) {
        std::string made = negative && below(2) != 0 ? "-" : "";
        made += std::to_string(below(100000)) + "." + std::to_string(below(1000));
        texts.push_back(made);
        return texts.back();
    }
    std::chrono::year_month_day day() {
        return std::chrono::sys_days{std::chrono::days{static_cast<int>(below(20'000)) - 3000}};
    }
    std::chrono::sys_time<std::chrono::milliseconds> time() {
        const std::int64_t most = 253'402'300'799'999;
        const std::int64_t any =
            static_cast<std::int64_t>((std::uint64_t{random()} << 32 | random()) >> 1) % most;
        return std::chrono::sys_time<std::chrono::milliseconds>{
            std::chrono::milliseconds{any - most / 8}};
    }
    std::chrono::seconds length() { return std::chrono::seconds{below(200'000)}; }

    condition any_number() {
        const auto at = search::cisco_ucce_recovery_key;
        const auto low = static_cast<std::int64_t>(below(1000));
        switch (below(9)) {
        case 0: return at.equal_to(static_cast<std::int64_t>(random()) - 2'000'000'000);
        case 1: return at.not_equal_to(below(9));
        case 2: return search::evaluation_report_score.greater_than(number{decimal(true)});
        case 3: return search::evaluation_report_score.lower_than(number{decimal(true)});
        case 4: return at.between(low, low + below(1000));
        case 5:
            return search::evaluation_report_score.between(number{decimal(false)},
                                                           number{decimal(false)});
        case 6: return at.is_empty();
        case 7: return at.not_empty();
        default: return search::notes_count.equal_to(std::int64_t{0x7FFFFFFFFFFFFFFF});
        }
    }
    condition any_time() {
        const auto first_day = day();
        const auto first = time();
        const auto shortest = length();
        switch (below(14)) {
        case 0: return search::date.equal_to(day());
        case 1: return search::date.older_than(day());
        case 2: return search::date.newer_than(day());
        case 3:
            return search::date.between(first_day, std::chrono::sys_days{first_day} +
                                                       std::chrono::days{below(500)});
        case 4: return search::date.older_than_days(below(1000));
        case 5: return search::date.newer_than_days(-static_cast<int>(below(1000)));
        case 6: return search::datetime.older_than(first);
        case 7: return search::datetime.newer_than(first);
        case 8: return search::datetime.between(first - 1ms * below(100'000), first);
        case 9: return search::datetime.older_than_minutes(below(1000));
        case 10: return search::datetime.newer_than_minutes(below(1000));
        case 11: return search::duration.greater_than(shortest);
        case 12: return search::duration.lower_than(shortest);
        default: return search::duration.between(shortest, shortest + length());
        }
    }
    condition any_set() {
        switch (below(13)) {
        case 0: return search::user_id.is(miarec::user_id{words()});
        case 1: return search::group_id.is_not(miarec::group_id{words()});
        case 2: return search::tenant_id.is(miarec::tenant_id{words()});
        case 3: return search::category_id.is(miarec::category_id{words()});
        case 4: return search::client_id.is(miarec::client_id{words()});
        case 5: return search::direction.is(static_cast<miarec::protocol_call_direction>(below(4)));
        case 6: return search::direction.is_not("outbound");
        case 7: return search::call_state.is(static_cast<miarec::call_state>(below(10)));
        case 8: return search::record_state.is(static_cast<miarec::record_state>(random()));
        case 9: return search::voip_protocol.is_not(static_cast<miarec::voip_protocol>(below(20)));
        case 10: return search::evaluation_report_status.is(words());
        case 11: return search::cisco_ucce_agent_id.is(words());
        default: return search::cisco_ucce_skill_group_id.is_not(words());
        }
    }
    condition any_string() {
        const auto& row = miarec::detail::parameter_rows[below(62)];
        miarec::parameter<parameter_type::string> at = search::phone_number;
        if (row.type == parameter_type::string)
            at = miarec::parameter<parameter_type::string>{
                row.name, miarec::detail::find_parameter(row.name)};
        switch (below(13)) {
        case 0: return at.equal_to(words());
        case 1: return at.not_equal_to(words());
        case 2: return at.starts_with(words());
        case 3: return at.ends_with(words());
        case 4: return at.includes(words());
        case 5: return at.is_empty();
        case 6: return at.not_empty();
        case 7: return at.pattern(words());
        case 8: return at.regex(words());
        case 9: return search::call_id.is(words());
        case 10: return search::encrypt_fingerprint.is_not(words());
        case 11: return search::cisco_refci.not_empty();
        default:
            return below(2) != 0 ? search::confidential.is_true() : search::confidential.is_false();
        }
    }
    condition any() {
        switch (below(6)) {
        case 0: return any_number();
        case 1: return any_time();
        case 2: return any_set();
        case 3: return search::custom("new_param", static_cast<comparison>(below(23)), words());
        case 4: return search::query_parameter("mql").query(words());
        default: return any_string();
        }
    }
};

} // namespace search_conditions
