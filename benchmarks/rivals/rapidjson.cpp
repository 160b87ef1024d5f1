// RapidJSON: a document parsed in situ and extracted, its event reader in situ, and its writer.
#include <optional>
#include <vector>

// Its documentation leaves it to the program to switch its vector instructions on.
#if defined(__SSE4_2__)
#define RAPIDJSON_SSE42
#elif defined(__SSE2__)
#define RAPIDJSON_SSE2
#elif defined(__ARM_NEON)
#define RAPIDJSON_NEON
#endif
#include <rapidjson/document.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "../engines.hpp"
#include "dom_filler.hpp"
#include "emit.hpp"
#include "push_filler.hpp"

namespace bench {

namespace {

struct rapid_tree {
    using value = const rapidjson::Value&;

    static bool is_null(value from) { return from.IsNull(); }
    static bool get(value from, text& to) {
        if (!from.IsString()) return false;
        to = {from.GetString(), from.GetStringLength()};
        return true;
    }
    static bool get(value from, std::int64_t& to) {
        if (!from.IsInt64()) return false;
        to = from.GetInt64();
        return true;
    }
    static bool get(value from, bool& to) {
        if (!from.IsBool()) return false;
        to = from.GetBool();
        return true;
    }
    static std::size_t size(value from) { return from.IsArray() ? from.Size() : 0; }
    template <class Use>
    static bool each_member(value from, const Use& use) {
        if (!from.IsObject()) return false;
        for (auto each = from.MemberBegin(); each != from.MemberEnd(); ++each)
            if (!use(text{each->name.GetString(), each->name.GetStringLength()}, each->value))
                return false;
        return true;
    }
    template <class Use>
    static bool each_element(value from, const Use& use) {
        if (!from.IsArray()) return false;
        for (auto each = from.Begin(); each != from.End(); ++each)
            if (!use(*each)) return false;
        return true;
    }
};

/// What both readers have in common: parsing in situ writes into the document.
class in_situ_decoder : public decoder {
public:
    explicit in_situ_decoder(const input& of) : decoder{of}, value_{of}, bodies_{of.body, 1} {
        bodies_.renew();
    }
    std::size_t runs_per_renewal() const override { return bodies_.count(); }
    void renew() override { bodies_.renew(); }

protected:
    filled_value value_;
    spare_bodies bodies_;
};

class dom_decoder : public in_situ_decoder {
public:
    explicit dom_decoder(const input& of)
        : in_situ_decoder{of}, room_(8 * of.body.size() + 65536) {}

private:
    using memory_pool = rapidjson::MemoryPoolAllocator<>;

    const void* decode() override {
        document_.reset();
        pool_.emplace(room_.data(), room_.size());
        document_.emplace(&*pool_);
        document_->ParseInsitu(bodies_.take().data());
        if (document_->HasParseError() || !filler_.run(*document_)) return nullptr;
        return value_.object();
    }

    std::vector<char> room_;
    std::optional<memory_pool> pool_;
    std::optional<rapidjson::Document> document_;
    dom_filler<rapid_tree> filler_{value_};
};

/// RapidJSON's handler in terms of ours.
struct sax_handler {
    push_filler& filler;

    bool Null() { return filler.null(); }
    bool Bool(bool value) { return filler.boolean(value); }
    bool Int(int value) { return filler.integer(value); }
    bool Uint(unsigned value) { return filler.integer(value); }
    bool Int64(std::int64_t value) { return filler.integer(value); }
    bool Uint64(std::uint64_t) { return filler.other_number(); }
    bool Double(double) { return filler.other_number(); }
    bool RawNumber(const char*, rapidjson::SizeType, bool) { return filler.other_number(); }
    bool String(const char* data, rapidjson::SizeType size, bool) {
        return filler.string({data, size});
    }
    bool StartObject() { return filler.object_begin(); }
    bool Key(const char* data, rapidjson::SizeType size, bool) { return filler.key({data, size}); }
    bool EndObject(rapidjson::SizeType) { return filler.object_end(); }
    bool StartArray() { return filler.array_begin(); }
    bool EndArray(rapidjson::SizeType) { return filler.array_end(); }
};

class sax_decoder : public in_situ_decoder {
public:
    using in_situ_decoder::in_situ_decoder;

private:
    const void* decode() override {
        value_.reset();
        push_filler filler{value_.type, value_.object(), value_.memory, value_.lists};
        sax_handler handler{filler};
        rapidjson::InsituStringStream body{bodies_.take().data()};
        const auto done = reader_.Parse<rapidjson::kParseInsituFlag>(body, handler);
        return done.IsError() ? nullptr : value_.object();
    }

    rapidjson::Reader reader_;
};

/// RapidJSON's writer in terms of ours.
struct writer_out {
    rapidjson::Writer<rapidjson::StringBuffer>& out;

    void object_begin(std::size_t) { out.StartObject(); }
    void object_end() { out.EndObject(); }
    void array_begin(std::size_t) { out.StartArray(); }
    void array_end() { out.EndArray(); }
    void key(text name) { string(name); }
    void string(text value) {
        out.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
    }
    void integer(std::int64_t value) { out.Int64(value); }
    void boolean(bool value) { out.Bool(value); }
    void null() { out.Null(); }
};

class rapid_encoder : public encoder {
public:
    explicit rapid_encoder(const input& of)
        : encoder{of}, type_{schema::of(*of.type)}, buffer_{nullptr, of.body.size() + 64} {}

private:
    text encode() override {
        buffer_.Clear();
        rapidjson::Writer<rapidjson::StringBuffer> out{buffer_};
        writer_out told{out};
        emit_object(type_, object(), told);
        return {buffer_.GetString(), buffer_.GetSize()};
    }

    const schema& type_;
    rapidjson::StringBuffer buffer_;
};

std::string rapidjson_version() {
    return RAPIDJSON_VERSION_STRING;
}

} // namespace

const engine rapidjson_engine = {
    .name = "rapidjson",
    .library = "RapidJSON",
    .version = &rapidjson_version,
    .use =
        "Document::ParseInsitu into a kept pool, then extraction; the body is copied afresh outside "
        "of the measured time; Writer into a kept StringBuffer",
    .checks = {.utf8 = false, .duplicate_keys = false},
    .decode = &make_measurement<dom_decoder>,
    .encode = &make_measurement<rapid_encoder>};

const engine rapidjson_sax_engine = {
    .name = "rapidjson_sax",
    .library = "RapidJSON",
    .version = &rapidjson_version,
    .use =
        "Reader in situ with a handler written for these types; the body is copied afresh outside "
        "of the measured time",
    .checks = {.utf8 = false, .duplicate_keys = false},
    .decode = &make_measurement<sax_decoder>};

} // namespace bench
