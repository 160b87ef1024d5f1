// Boost.JSON's document tree: parsed into a monotonic resource, as its documentation advises, and
// extracted; built in one and serialized.
#include <optional>
#include <vector>

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serializer.hpp>
#include <boost/json/value.hpp>

#include "../engines.hpp"
#include "boost_version.hpp"
#include "dom_filler.hpp"
#include "emit.hpp"
#include "tree_builder.hpp"

namespace bench {

namespace {

namespace boost_json = boost::json;

struct boost_tree {
    using value = const boost_json::value&;

    static bool is_null(value from) { return from.is_null(); }
    static bool get(value from, text& to) {
        const auto* const found = from.if_string();
        if (found == nullptr) return false;
        to = {found->data(), found->size()};
        return true;
    }
    static bool get(value from, std::int64_t& to) {
        const auto* const found = from.if_int64();
        if (found == nullptr) return false;
        to = *found;
        return true;
    }
    static bool get(value from, bool& to) {
        const auto* const found = from.if_bool();
        if (found == nullptr) return false;
        to = *found;
        return true;
    }
    static std::size_t size(value from) { return from.is_array() ? from.get_array().size() : 0; }
    template <class Use>
    static bool each_member(value from, const Use& use) {
        const auto* const object = from.if_object();
        if (object == nullptr) return false;
        for (const auto& each : *object)
            if (!use(text{each.key().data(), each.key().size()}, each.value())) return false;
        return true;
    }
    template <class Use>
    static bool each_element(value from, const Use& use) {
        const auto* const array = from.if_array();
        if (array == nullptr) return false;
        for (const auto& each : *array)
            if (!use(each)) return false;
        return true;
    }
};

/// A document and the resource that it lies in, both made anew for each document.
struct boost_document {
    boost_json::monotonic_resource memory;
    boost_json::value root = boost_json::value(&memory);
};

class dom_decoder : public decoder {
public:
    explicit dom_decoder(const input& of) : decoder{of}, value_{of} {}

private:
    const void* decode() override {
        document_.emplace();
        boost_json::error_code failed;
        document_->root = boost_json::parse(of().body, failed, &document_->memory);
        if (failed || !filler_.run(document_->root)) return nullptr;
        return value_.object();
    }

    filled_value value_;
    dom_filler<boost_tree> filler_{value_};
    std::optional<boost_document> document_;
};

/// Builds a tree from what emit_object() tells.
class boost_builder : public tree_builder<boost_builder, boost_json::value> {
    using tree = tree_builder<boost_builder, boost_json::value>;

public:
    explicit boost_builder(boost_json::storage_ptr memory)
        : tree{boost_json::value(memory)}, memory_{std::move(memory)} {}

    void object_begin(std::size_t size) {
        boost_json::object made(memory_);
        made.reserve(size);
        open(std::move(made));
    }
    void array_begin(std::size_t size) {
        boost_json::array made(memory_);
        made.reserve(size);
        open(std::move(made));
    }
    void string(text value) {
        tree::put(boost_json::value(boost_json::string_view{value.data(), value.size()}, memory_));
    }
    void integer(std::int64_t value) { tree::put(boost_json::value(value, memory_)); }
    void boolean(bool value) { tree::put(boost_json::value(value, memory_)); }
    void null() { tree::put(boost_json::value(nullptr, memory_)); }

    static void put(boost_json::value& into, text key, boost_json::value&& value) {
        if (auto* const object = into.if_object())
            object->emplace(boost_json::string_view{key.data(), key.size()}, std::move(value));
        else
            into.get_array().push_back(std::move(value));
    }

private:
    boost_json::storage_ptr memory_;
};

class dom_encoder : public encoder {
public:
    explicit dom_encoder(const input& of)
        : encoder{of}, type_{schema::of(*of.type)}, buffer_(2 * of.body.size() + 64) {}

private:
    text encode() override {
        boost_json::monotonic_resource memory;
        boost_builder tree{&memory};
        emit_object(type_, object(), tree);
        serializer_.reset(&tree.root());
        const auto written = serializer_.read(buffer_.data(), buffer_.size());
        return serializer_.done() ? text{written.data(), written.size()} : text{};
    }

    const schema& type_;
    std::vector<char> buffer_;
    boost_json::serializer serializer_;
};

} // namespace

const engine boost_dom_engine = {
    .name = "boost_dom",
    .library = "Boost.JSON",
    .version = &boost_version,
    .use =
        "parse into a fresh monotonic_resource, then extraction with views of the tree; to write, "
        "a tree built in one, then a serializer into a kept buffer",
    .checks = {.duplicate_keys = false},
    .decode = &make_measurement<dom_decoder>,
    .encode = &make_measurement<dom_encoder>};

} // namespace bench
