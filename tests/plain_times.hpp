// Dates and times by tables of forms, in the manner of strptime(), and by timegm(): a second way to
// read what core/time.hpp and http/date.hpp read (RFC 3339 section 5.6, RFC 9110 section 5.6.7, the
// manual of MiaRec). Every form is tried on the whole text, and the one that gets furthest decides
// what is wrong and where. Knows nothing of the library.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace plain_times {

/// Of forms that get equally far the highest verdict counts.
enum class verdict {
    wrong,   ///< something else was to come there
    cut,     ///< the text ends before the form
    no_such, ///< as it must be written, but there is no such month, hour, day, length
    good,
};

struct moment {
    int year = 0;
    int month = 1;
    int day = 1;
    int hour = 0;
    int minute = 0;
    int second = 0;
    int nanoseconds = 0;
    std::optional<int> offset = {};
    /// Of durations only.
    std::int64_t length = 0;
};

struct reading {
    verdict is = verdict::wrong;
    /// Where the fault is.
    std::size_t at = 0;
    /// How far the form got.
    std::size_t reach = 0;
    /// Two of a range.
    std::array<moment, 2> moments = {};
};

/// Seconds since 1970, as the wall shows them. Second 60 is the next minute's first.
inline std::int64_t seconds_of(const moment& of) {
    std::tm day = {};
    day.tm_year = of.year - 1900;
    day.tm_mon = of.month - 1;
    day.tm_mday = of.day;
    return timegm(&day) + of.hour * 3600 + of.minute * 60 + of.second;
}

inline moment moment_at(std::time_t seconds) {
    std::tm fields = {};
    gmtime_r(&seconds, &fields);
    return {.year = fields.tm_year + 1900,
            .month = fields.tm_mon + 1,
            .day = fields.tm_mday,
            .hour = fields.tm_hour,
            .minute = fields.tm_min,
            .second = fields.tm_sec};
}

/// timegm() turns 31 April into 1 May.
inline bool is_real_day(const moment& of) {
    std::tm day = {};
    day.tm_year = of.year - 1900;
    day.tm_mon = of.month - 1;
    day.tm_mday = of.day;
    static_cast<void>(timegm(&day));
    return day.tm_mday == of.day && day.tm_mon == of.month - 1;
}

inline constexpr std::int64_t longest = 1'000'000'000;

/// One text by one form. In a form stand for themselves all characters but
///
///     %Y %y %m %d %H %M %S  as for strptime(), always with all their digits; %S is up to 60
///     %e     a day of the month with a blank or a zero before one digit
///     %a %A %b %G           the short name of a day, its long name, of a month; GMT
///     %f     1 to 9 digits of a fraction
///     %T %Z %+ %h %i        T, t or a blank; Z or z; a sign, hours and minutes of an offset
///     %n %c  digits of a length; two digits below 60 behind them
///     %D %L  what was read is a day that exists; a length that is not too long
///     %_     any blanks
///     %& %=  the second one of a range follows, or is the first one again
///     %$     the text ends
class form_reader {
public:
    form_reader(std::string_view form, std::string_view text, const moment& now)
        : form_{form}, text_{text}, now_{now} {}

    reading run() {
        for (std::size_t i = 0; i < form_.size(); ++i) {
            const bool is_good = form_[i] == '%' ? take(form_[++i]) : take_char(form_.substr(i, 1));
            if (!is_good) return found_;
        }
        if (take_end()) end(verdict::good, at_);
        return found_;
    }

private:
    bool end(verdict is, std::size_t at) {
        found_.is = is;
        found_.at = at;
        found_.reach = at_;
        return false;
    }
    bool is_at_end() const { return at_ == text_.size(); }
    bool end_here() { return end(is_at_end() ? verdict::cut : verdict::wrong, at_); }
    bool take_end() { return is_at_end() || end_here(); }
    moment& current() { return found_.moments[second_ ? 1 : 0]; }

    bool take_char(std::string_view one_of) {
        if (is_at_end() || one_of.find(text_[at_]) == one_of.npos) return end_here();
        ++at_;
        return true;
    }
    bool next_is_digit() const { return !is_at_end() && text_[at_] >= '0' && text_[at_] <= '9'; }

    bool take_number(int digits, int lowest, int highest, int& value) {
        const std::size_t start = at_;
        value = 0;
        for (int i = 0; i < digits; ++i) {
            if (!next_is_digit()) return end_here();
            value = value * 10 + (text_[at_++] - '0');
        }
        return (value >= lowest && value <= highest) || end(verdict::no_such, start);
    }
    bool take_day() {
        day_at_ = at_;
        return take_number(2, 1, 31, current().day);
    }
    bool take_padded_day() {
        const bool is_padded = !is_at_end() && text_[at_] == ' ';
        if (is_padded) ++at_;
        day_at_ = at_;
        return take_number(is_padded ? 1 : 2, 1, 31, current().day);
    }
    bool take_word(std::initializer_list<std::string_view> words, int* which = nullptr) {
        const std::string_view rest = text_.substr(at_);
        int number = 0;
        for (const std::string_view word : words) {
            ++number;
            if (rest.starts_with(word)) {
                at_ += word.size();
                if (which != nullptr) *which = number;
                return true;
            }
            if (!word.starts_with(rest)) continue;
            at_ = text_.size();
            return end_here();
        }
        return end(verdict::wrong, at_);
    }
    bool take_fraction() {
        std::string digits;
        while (next_is_digit() && digits.size() < 9) digits += text_[at_++];
        if (digits.empty()) return end_here();
        digits.resize(9, '0');
        current().nanoseconds = std::stoi(digits);
        return true;
    }
    bool take_sign() {
        is_behind_ = !is_at_end() && text_[at_] == '-';
        return take_char("+-");
    }
    bool take_offset(int digits_worth, int highest) {
        int value = 0;
        if (!take_number(2, 0, highest, value)) return false;
        current().offset =
            current().offset.value_or(0) + value * digits_worth * (is_behind_ ? -1 : 1);
        return true;
    }
    bool take_length() {
        length_at_ = at_;
        std::int64_t total = 0;
        if (!next_is_digit()) return end_here();
        for (; next_is_digit() && total <= longest; ++at_) total = total * 10 + (text_[at_] - '0');
        current().length = total;
        return check_length();
    }
    bool take_group() {
        int value = 0;
        if (!take_number(2, 0, 59, value)) return false;
        current().length = current().length * 60 + value;
        return true;
    }
    bool check_length() { return current().length <= longest || end(verdict::no_such, length_at_); }
    bool check_day() {
        if (has_short_year_) place_year();
        return is_real_day(current()) || end(verdict::no_such, day_at_);
    }
    /// The last year with these two digits that is not more than 50 years in the future, which is
    /// what RFC 9110 makes of it.
    void place_year() {
        const auto order = [](const moment& m) {
            return std::tuple{m.month, m.day, m.hour, m.minute, m.second, m.nanoseconds};
        };
        moment& placed = current();
        const int digits = placed.year;
        for (placed.year = now_.year + 50; placed.year % 100 != digits;) --placed.year;
        if (placed.year == now_.year + 50 && order(placed) > order(now_)) placed.year -= 100;
    }

    bool take(char directive) {
        moment& m = current();
        switch (directive) {
        case 'Y': return take_number(4, 0, 9999, m.year);
        case 'y': has_short_year_ = true; return take_number(2, 0, 99, m.year);
        case 'm': return take_number(2, 1, 12, m.month);
        case 'd': return take_day();
        case 'e': return take_padded_day();
        case 'H': return take_number(2, 0, 23, m.hour);
        case 'M': return take_number(2, 0, 59, m.minute);
        case 'S': return take_number(2, 0, 60, m.second);
        case 'a': return take_word({"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"});
        case 'A':
            return take_word(
                {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"});
        case 'b':
            return take_word({"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct",
                              "Nov", "Dec"},
                             &m.month);
        case 'G': return take_word({"GMT"});
        case 'f': return take_fraction();
        case 'T': return take_char("Tt ");
        case 'Z': m.offset = 0; return take_char("Zz");
        case '+': return take_sign();
        case 'h': return take_offset(60, 23);
        case 'i': return take_offset(1, 59);
        case 'n': return take_length();
        case 'c': return take_group();
        case 'D': return check_day();
        case 'L': return check_length();
        case '_':
            while (!is_at_end() && text_[at_] == ' ') ++at_;
            return true;
        case '&': second_ = true; return true;
        case '=': found_.moments[1] = m; return true;
        default: return take_end();
        }
    }

    std::string_view form_;
    std::string_view text_;
    const moment& now_;
    reading found_ = {};
    std::size_t at_ = 0;
    std::size_t day_at_ = 0;
    std::size_t length_at_ = 0;
    bool second_ = false;
    bool is_behind_ = false;
    bool has_short_year_ = false;
};

using forms = std::vector<std::string>;

inline reading read(const forms& any_of, std::string_view text, const moment& now = {}) {
    reading best;
    for (const std::string& form : any_of) {
        const reading found = form_reader{form, text, now}.run();
        if (std::tuple{found.reach, found.is} >= std::tuple{best.reach, best.is}) best = found;
    }
    return best;
}

inline forms with_each(const forms& first, const std::string& between, const forms& second) {
    forms all;
    for (const std::string& a : first)
        for (const std::string& b : second) all.push_back(a + between + b);
    return all;
}

inline const forms datetime =
    with_each({"%Y-%m-%d%D%T%H:%M:%S"}, "",
              with_each({"", ".%f"}, "", {"", "%Z", "%+%h", "%+%h%i", "%+%h:%i"}));
inline const forms datetime_range = with_each(datetime, "%&/", datetime);
inline const forms date = {"%Y/%m/%d%D"};
inline const forms date_range = {"%Y/%m/%d%D%=", "%Y/%m/%d%D%&%_-%_%Y/%m/%d%D"};
inline const forms duration = {"%n%L", "%n:%c%L", "%n:%c:%c%L"};
inline const forms duration_range = with_each(duration, "%&%_-%_", duration);
/// The day is looked at last, because the year may be the last thing in them.
inline const forms http_date = {"%a, %d %b %Y %H:%M:%S %G%$%D", "%A, %d-%b-%y %H:%M:%S %G%$%D",
                                "%a %b %e %H:%M:%S %Y%$%D"};

} // namespace plain_times
