// nlohmann's JSON for Modern C++: a document parsed and extracted, a document built and dumped.
#include <vector>

#include <nlohmann/json.hpp>

#include "../engines.hpp"
#include "dom_filler.hpp"
#include "emit.hpp"
#include "tree_builder.hpp"

namespace bench {

namespace {

using document = nlohmann::json;

struct nlohmann_tree {
    using value = const document&;

    static bool is_null(value from) { return from.is_null(); }
    static bool get(value from, text& to) {
        if (!from.is_string()) return false;
        to = from.get_ref<const std::string&>();
        return true;
    }
    static bool get(value from, std::int64_t& to) {
        if (!from.is_number_integer()) return false;
        to = from.get<std::int64_t>();
        return true;
    }
    static bool get(value from, bool& to) {
        if (!from.is_boolean()) return false;
        to = from.get<bool>();
        return true;
    }
    static std::size_t size(value from) { return from.is_array() ? from.size() : 0; }
    template <class Use>
    static bool each_member(value from, const Use& use) {
        if (!from.is_object()) return false;
        for (const auto& [name, inner] : from.get_ref<const document::object_t&>())
            if (!use(text{name}, inner)) return false;
        return true;
    }
    template <class Use>
    static bool each_element(value from, const Use& use) {
        if (!from.is_array()) return false;
        for (const document& inner : from)
            if (!use(inner)) return false;
        return true;
    }
};

class nlohmann_decoder : public decoder {
public:
    explicit nlohmann_decoder(const input& of) : decoder{of}, value_{of} {}

private:
    const void* decode() override {
        document_ = document::parse(of().body, nullptr, false);
        if (document_.is_discarded() || !filler_.run(document_)) return nullptr;
        return value_.object();
    }

    filled_value value_;
    dom_filler<nlohmann_tree> filler_{value_};
    document document_;
};

/// Builds a tree from what emit_object() tells.
class nlohmann_builder : public tree_builder<nlohmann_builder, document> {
    using tree = tree_builder<nlohmann_builder, document>;

public:
    void object_begin(std::size_t) { open(document::object()); }
    void array_begin(std::size_t size) {
        document made = document::array();
        made.get_ref<document::array_t&>().reserve(size);
        open(std::move(made));
    }
    void string(text value) { tree::put(document(std::string{value})); }
    void integer(std::int64_t value) { tree::put(document(value)); }
    void boolean(bool value) { tree::put(document(value)); }
    void null() { tree::put(document(nullptr)); }

    static void put(document& into, text key, document&& value) {
        if (into.is_object())
            into.emplace(std::string{key}, std::move(value));
        else
            into.push_back(std::move(value));
    }
};

class nlohmann_encoder : public encoder {
public:
    explicit nlohmann_encoder(const input& of) : encoder{of}, type_{schema::of(*of.type)} {}

private:
    text encode() override {
        nlohmann_builder tree;
        emit_object(type_, object(), tree);
        written_ = tree.root().dump();
        return written_;
    }

    const schema& type_;
    std::string written_;
};

std::string nlohmann_version() {
    return std::to_string(NLOHMANN_JSON_VERSION_MAJOR) + "." +
           std::to_string(NLOHMANN_JSON_VERSION_MINOR) + "." +
           std::to_string(NLOHMANN_JSON_VERSION_PATCH);
}

} // namespace

const engine nlohmann_engine = {
    .name = "nlohmann",
    .library = "JSON for Modern C++",
    .version = &nlohmann_version,
    .use = "json::parse, then extraction with views of the tree; to write, "
           "a tree, then dump()",
    .checks = {.duplicate_keys = false},
    .decode = &make_measurement<nlohmann_decoder>,
    .encode = &make_measurement<nlohmann_encoder>};

} // namespace bench
