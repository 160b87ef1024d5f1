// simdjson: On-Demand, its document tree, and its first pass alone. It only reads.
#include <simdjson.h>

#include "../ceilings.hpp"
#include "../engines.hpp"
#include "dom_filler.hpp"

namespace bench {

namespace {

namespace ondemand = simdjson::ondemand;
namespace dom = simdjson::dom;

template <class Result, class To>
bool take(Result&& from, To& to) {
    return std::forward<Result>(from).get(to) == simdjson::SUCCESS;
}

struct ondemand_tree {
    static bool is_null(ondemand::value& from) {
        bool null = false;
        return take(from.is_null(), null) && null;
    }
    static bool get(ondemand::value& from, text& to) { return take(from.get_string(), to); }
    static bool get(ondemand::value& from, std::int64_t& to) { return take(from.get_int64(), to); }
    static bool get(ondemand::value& from, bool& to) { return take(from.get_bool(), to); }

    /// As it stands in the text, which is a tenth faster than having each key copied; unescaped
    /// where something in it is escaped. The first pass has seen the closing quote.
    static bool take_name(ondemand::field& member, text& name) {
        const char* const raw = member.key().raw();
        std::size_t size = 0;
        while (raw[size] != '"' && raw[size] != '\\') ++size;
        if (raw[size] == '\\') return take(member.unescaped_key(), name);
        name = {raw, size};
        return true;
    }

    template <class From, class Use>
    static bool each_member(From& from, const Use& use) {
        ondemand::object object;
        if (!take(from.get_object(), object)) return false;
        for (auto found : object) {
            ondemand::field member;
            text name;
            if (!take(std::move(found), member) || !take_name(member, name) ||
                !use(name, member.value()))
                return false;
        }
        return true;
    }
    template <class Use>
    static bool each_element(ondemand::value& from, const Use& use) {
        ondemand::array array;
        if (!take(from.get_array(), array)) return false;
        for (auto found : array) {
            ondemand::value element;
            if (!take(std::move(found), element) || !use(element)) return false;
        }
        return true;
    }
};

class ondemand_decoder : public decoder {
public:
    explicit ondemand_decoder(const input& of) : decoder{of}, value_{of}, body_{of.body} {}

private:
    const void* decode() override {
        ondemand::document document;
        if (!take(parser_.iterate(body_), document)) return nullptr;
        if (!filler_.run(document)) return nullptr;
        // How its documentation finds text behind the document.
        return document.current_location().error() == simdjson::OUT_OF_BOUNDS ? value_.object()
                                                                              : nullptr;
    }

    filled_value value_;
    dom_filler<ondemand_tree> filler_{value_};
    simdjson::padded_string body_;
    ondemand::parser parser_;
};

struct element_tree {
    static bool is_null(dom::element from) { return from.is_null(); }
    static bool get(dom::element from, text& to) { return take(from.get_string(), to); }
    static bool get(dom::element from, std::int64_t& to) { return take(from.get_int64(), to); }
    static bool get(dom::element from, bool& to) { return take(from.get_bool(), to); }
    static std::size_t size(dom::element from) {
        dom::array array;
        return take(from.get_array(), array) ? array.size() : 0;
    }
    template <class Use>
    static bool each_member(dom::element from, const Use& use) {
        dom::object object;
        if (!take(from.get_object(), object)) return false;
        for (const dom::key_value_pair each : object)
            if (!use(each.key, each.value)) return false;
        return true;
    }
    template <class Use>
    static bool each_element(dom::element from, const Use& use) {
        dom::array array;
        if (!take(from.get_array(), array)) return false;
        for (const dom::element each : array)
            if (!use(each)) return false;
        return true;
    }
};

class dom_decoder : public decoder {
public:
    explicit dom_decoder(const input& of) : decoder{of}, value_{of}, body_{of.body} {}

private:
    const void* decode() override {
        dom::element root;
        return take(parser_.parse(body_), root) && filler_.run(root) ? value_.object() : nullptr;
    }

    filled_value value_;
    dom_filler<element_tree> filler_{value_};
    simdjson::padded_string body_;
    dom::parser parser_;
};

class stage1 : public measurement {
public:
    explicit stage1(const input& of) : measurement{of.records, of.body.size()}, body_{of.body} {}
    bool run() override {
        return is_ready_ && parser_.implementation->stage1(
                                reinterpret_cast<const std::uint8_t*>(body_.data()), body_.size(),
                                simdjson::stage1_mode::regular) == simdjson::SUCCESS;
    }
    bool check() override {
        return run() && parser_.implementation->n_structural_indexes > records();
    }

private:
    simdjson::padded_string body_;
    dom::parser parser_;
    bool is_ready_ = parser_.allocate(body_.size()) == simdjson::SUCCESS;
};

std::string simdjson_version() {
    return SIMDJSON_STRINGIFY(SIMDJSON_VERSION) + std::string{", stage 1 "} +
           simdjson::get_active_implementation()->name() + ", On-Demand " +
           SIMDJSON_STRINGIFY(SIMDJSON_BUILTIN_IMPLEMENTATION);
}

} // namespace

measurement_ptr make_simdjson_stage1(const input& of) {
    return std::make_unique<stage1>(of);
}

const engine simdjson_ondemand_engine = {
    .name = "simdjson_ondemand",
    .library = "simdjson",
    .version = &simdjson_version,
    .use =
        "On-Demand with a kept parser and a padded body: members in the order of the text, key() "
        "as it stands or unescaped_key(), views of the parser's buffer; the library is the "
        "system's build",
    .checks = {.duplicate_keys = false, .skipped_values = false},
    .decode = &make_measurement<ondemand_decoder>,
    .most_records = 10000};

const engine simdjson_dom_engine = {
    .name = "simdjson_dom",
    .library = "simdjson",
    .version = &simdjson_version,
    .use =
        "dom::parser, kept, and a padded body, then extraction with views of the tree; the library "
        "is the system's build",
    .checks = {.duplicate_keys = false},
    .decode = &make_measurement<dom_decoder>};

} // namespace bench
