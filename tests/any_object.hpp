// Objects of any described type by its table, and the list of all types, for tests and fuzz targets
// that go through them: one template per type would take minutes to compile.
#pragma once

#include <tipring/cloudlink/cloudlink.hpp>
#include <tipring/json/encode.hpp>
#include <tipring/json/equal.hpp>
#include <tipring/miarec/error.hpp>

#include "json_types.hpp"
#include "miarec_types.hpp"
#include "random_value.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>
#include <vector>

/// Every type that there is. Corpora of fuzz targets name a type by its number: add at the end.
inline const std::vector<random_type>& every_type() {
    static const std::vector<random_type> all = [] {
        std::vector<random_type> found;
        const auto add = [&found]<class T>() { found.push_back(random_type_of<T>()); };
        miarec_types::type_list<tipring::json_types::everything, tipring::json_types::plain,
                                tipring::json_types::page, tipring::json_types::tree,
                                tipring::miarec::error_body>::for_each(add);
        miarec_types::all_types::for_each(add);
        // Of CloudLink those that have what MiaRec's have not: text that may be a number or an
        // object, lists in an object in the page, aliases and maps of any JSON, deep nesting.
        miarec_types::type_list<
            tipring::cloudlink::collection<tipring::cloudlink::user>, tipring::cloudlink::account,
            tipring::cloudlink::claims, tipring::cloudlink::publication_envelope,
            tipring::cloudlink::conversation, tipring::cloudlink::media_call,
            tipring::cloudlink::conference, tipring::cloudlink::subscription_page,
            tipring::cloudlink::token_request, tipring::oauth::token_answer>::for_each(add);
        return found;
    }();
    return all;
}

/// An object of any described type, all members absent at first, on the heap in a block of exactly
/// its size.
class any_object {
public:
    explicit any_object(const tipring::json::table& type)
        : type_{&type}, words_((type.size + 7u) / 8u) {}

    std::byte* data() { return reinterpret_cast<std::byte*>(words_.data()); }
    const std::byte* data() const { return reinterpret_cast<const std::byte*>(words_.data()); }
    const tipring::json::table& type() const { return *type_; }
    bool equals(const any_object& other) const {
        return tipring::json::detail::comparison{}.run(*type_, data(), other.data());
    }
    /// With deprecated members, which are written in this form alone.
    static constexpr tipring::json::encode_options complete = {.legacy_licensing = true};

    /// For values that can be encoded; the program ends if this one cannot.
    std::string encoded(const tipring::json::encode_options& options = complete) const {
        tipring::writer measure;
        must(tipring::json::encoder{measure, options}.run(*type_, data()).has_value());
        std::string made(measure.size(), '#');
        tipring::writer out{std::span<char>{made}};
        must(tipring::json::encoder{out, options}.run(*type_, data()).has_value() && out.fits());
        return made;
    }

private:
    static void must(bool went_well) {
        if (went_well) return;
        std::fputs("any_object: a value that cannot be encoded\n", stderr);
        std::abort();
    }

    const tipring::json::table* type_;
    std::vector<std::uint64_t> words_;
};
