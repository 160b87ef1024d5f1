// What the parts of tools/exhaust share: how inputs are made, counted and reported.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace exhaust {

struct tally {
    std::uint64_t inputs = 0;
    std::uint64_t good = 0;
    std::uint64_t wrong = 0;

    /// Shows the first ten that are not right.
    void note(std::string_view input, bool is_good, bool is_right);
};

/// Every string of exactly `length` characters of the alphabet, whose number among those of its
/// first two characters is `part` modulo `parts`.
template <class Use>
void for_all(std::string_view alphabet, std::size_t length, unsigned part, unsigned parts,
             const Use& use) {
    char made[16] = {};
    std::size_t digits[16] = {};
    const std::size_t base = alphabet.size();
    for (std::size_t i = 0; i < length; ++i) made[i] = alphabet[0];
    for (;;) {
        const std::size_t subtree = length > 2 ? digits[0] * base + digits[1] : 0;
        if (subtree % parts == part) use(std::string_view{made, length});
        std::size_t at = length;
        while (at != 0 && ++digits[at - 1] == base) {
            digits[--at] = 0;
            made[at] = alphabet[0];
        }
        if (at == 0) return;
        made[at - 1] = alphabet[digits[at - 1]];
    }
}

/// Every string of up to `longest` characters of the alphabet, but none that goes on after `use`
/// said that it need not.
template <class Use>
void for_all_going_on(std::string_view alphabet, std::size_t longest, const Use& use,
                      std::string made = {}) {
    if (!use(std::string_view{made}) || made.size() == longest) return;
    for (const char c : alphabet) for_all_going_on(alphabet, longest, use, made + c);
}

/// Everything that is one step away from `form`: cut anywhere, one character left out, put in or
/// changed.
template <class Use>
void for_all_near(std::string_view form, std::string_view alphabet, const Use& use) {
    for (std::size_t at = 0; at <= form.size(); ++at) {
        const std::string before{form.substr(0, at)};
        use(before);
        for (const char c : alphabet) use(before + c + std::string{form.substr(at)});
        if (at == form.size()) break;
        const std::string behind{form.substr(at + 1)};
        use(before + behind);
        for (const char c : alphabet) use(before + c + behind);
    }
}

/// As above, and everything with one character changed that is one step away from that.
template <class Use>
void for_all_nearby(std::string_view form, std::string_view alphabet, const Use& use) {
    use(form);
    std::string changed{form};
    for (std::size_t at = 0; at < form.size(); ++at) {
        for (const char c : alphabet) {
            changed[at] = c;
            for_all_near(changed, alphabet, use);
        }
        changed[at] = form[at];
    }
}

void date_times(tally& seen);
void days(tally& seen);
void lengths_of_time(tally& seen);
void http_dates(tally& seen);
void years_of_two_digits(tally& seen);
void chunks(tally& seen);
void limits_of_chunks(tally& seen);

} // namespace exhaust
