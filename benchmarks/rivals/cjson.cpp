// cJSON: a document parsed and extracted, a document built and printed.
#include <cmath>
#include <memory>
#include <vector>

#include <cjson/cJSON.h>

#include "../engines.hpp"
#include "dom_filler.hpp"
#include "emit.hpp"

namespace bench {

namespace {

struct deleter {
    void operator()(cJSON* document) const { cJSON_Delete(document); }
};
using document = std::unique_ptr<cJSON, deleter>;

struct cjson_tree {
    using value = const cJSON*;

    static bool is_null(value from) { return cJSON_IsNull(from) != 0; }
    static bool get(value from, text& to) {
        if (cJSON_IsString(from) == 0) return false;
        to = from->valuestring;
        return true;
    }
    static bool get(value from, std::int64_t& to) {
        if (cJSON_IsNumber(from) == 0 || std::fabs(from->valuedouble) > 9007199254740992.0)
            return false;
        to = static_cast<std::int64_t>(from->valuedouble);
        return static_cast<double>(to) == from->valuedouble;
    }
    static bool get(value from, bool& to) {
        if (cJSON_IsBool(from) == 0) return false;
        to = cJSON_IsTrue(from) != 0;
        return true;
    }
    static std::size_t size(value from) {
        return static_cast<std::size_t>(cJSON_GetArraySize(from));
    }
    template <class Use>
    static bool each_member(value from, const Use& use) {
        if (cJSON_IsObject(from) == 0) return false;
        for (value each = from->child; each != nullptr; each = each->next)
            if (!use(text{each->string}, each)) return false;
        return true;
    }
    template <class Use>
    static bool each_element(value from, const Use& use) {
        if (cJSON_IsArray(from) == 0) return false;
        for (value each = from->child; each != nullptr; each = each->next)
            if (!use(each)) return false;
        return true;
    }
};

class cjson_decoder : public decoder {
public:
    explicit cjson_decoder(const input& of) : decoder{of}, value_{of} {}

private:
    const void* decode() override {
        document_.reset();
        const text body = of().body;
        // Trailing text is only refused up to a terminator, which std::string has.
        document_.reset(cJSON_ParseWithLengthOpts(body.data(), body.size() + 1, nullptr, 1));
        const cJSON* const root = document_.get();
        return root != nullptr && filler_.run(root) ? value_.object() : nullptr;
    }

    filled_value value_;
    dom_filler<cjson_tree> filler_{value_};
    document document_;
};

/// Builds a tree from what emit_object() tells. Strings must be terminated to be given to cJSON.
class cjson_builder {
public:
    void object_begin(std::size_t) { open(cJSON_CreateObject()); }
    void object_end() { open_.pop_back(); }
    void array_begin(std::size_t) { open(cJSON_CreateArray()); }
    void array_end() { open_.pop_back(); }
    void key(text name) { key_ = name; }
    void string(text value) {
        terminated_ = value;
        put(cJSON_CreateString(terminated_.c_str()));
    }
    void integer(std::int64_t value) { put(cJSON_CreateNumber(static_cast<double>(value))); }
    void boolean(bool value) { put(cJSON_CreateBool(value ? 1 : 0)); }
    void null() { put(cJSON_CreateNull()); }

    cJSON* root() const { return root_.get(); }

private:
    void open(cJSON* container) {
        if (open_.empty())
            root_.reset(container);
        else
            put(container);
        open_.push_back(container);
    }
    void put(cJSON* value) {
        cJSON* const into = open_.back();
        if (cJSON_IsObject(into) != 0)
            cJSON_AddItemToObject(into, key_.c_str(), value);
        else
            cJSON_AddItemToArray(into, value);
    }

    std::vector<cJSON*> open_;
    document root_;
    std::string key_;
    std::string terminated_;
};

class cjson_encoder : public encoder {
public:
    explicit cjson_encoder(const input& of)
        : encoder{of}, type_{schema::of(*of.type)}, buffer_(2 * of.body.size() + 64) {}

private:
    text encode() override {
        cjson_builder tree;
        emit_object(type_, object(), tree);
        const int size = static_cast<int>(buffer_.size());
        if (cJSON_PrintPreallocated(tree.root(), buffer_.data(), size, 0) == 0) return {};
        return buffer_.data();
    }

    const schema& type_;
    std::vector<char> buffer_;
};

std::string cjson_version() {
    return cJSON_Version();
}

} // namespace

const engine cjson_engine = {
    .name = "cjson",
    .library = "cJSON",
    .version = &cjson_version,
    .use =
        "cJSON_ParseWithLengthOpts, then extraction with views of the tree; to write, a tree, then "
        "cJSON_PrintPreallocated into a kept buffer; the library is the system's build",
    .checks = {.utf8 = false, .duplicate_keys = false, .numbers = false},
    .decode = &make_measurement<cjson_decoder>,
    .encode = &make_measurement<cjson_encoder>};

} // namespace bench
