// Boost.JSON's push parser, whole bodies and chunks, and tipring's own engine on it.
#include <tipring/json/boost.hpp>

#include "../engines.hpp"
#include "../tipring_decoder.hpp"
#include "boost_handler.hpp"
#include "boost_version.hpp"
#include "filled_value.hpp"

namespace bench {

namespace {

using parser = boost::json::basic_parser<boost_handler>;

class push_decoder : public decoder {
public:
    explicit push_decoder(const input& of) : decoder{of}, value_{of} {}

private:
    const void* decode() override {
        value_.reset();
        push_filler filler{value_.type, value_.object(), value_.memory, value_.lists};
        const text body = of().body;
        parser reader{boost::json::parse_options{}, filler, body, value_.memory, value_.memory};
        boost::json::error_code failed;
        const std::size_t read = reader.write_some(false, body.data(), body.size(), failed);
        return !failed && read == body.size() ? value_.object() : nullptr;
    }

    filled_value value_;
};

class push_row_reader : public row_reader, push_filler::row_receiver {
public:
    explicit push_row_reader(const input& of)
        : row_reader{of}, value_{of}, row_memory_{std::span{row_bytes_}} {}

private:
    std::size_t read(list_checksum* rows) override {
        value_.reset();
        checksums_ = rows;
        received_ = 0;
        push_filler filler{value_.type, value_.object(), row_memory_, value_.lists, this};
        // Nothing of a chunk may be viewed, since the next one takes its place.
        parser reader{boost::json::parse_options{}, filler, text{}, value_.memory, row_memory_};
        text rest = of().body;
        while (!rest.empty()) {
            const text chunk = rest.substr(0, chunk_size);
            rest.remove_prefix(chunk.size());
            boost::json::error_code failed;
            const std::size_t taken =
                reader.write_some(!rest.empty(), chunk.data(), chunk.size(), failed);
            if (failed || taken != chunk.size()) return 0;
        }
        return reader.done() ? received_ : 0;
    }
    const void* page() const override { return value_.value.data(); }
    void receive(const std::byte* row) override {
        ++received_;
        if (checksums_ == nullptr) return;
        checksums_->add(checksum(*find_rows(value_.type.table()).list->type, row));
    }

    filled_value value_;
    alignas(16) std::byte row_bytes_[16384];
    tipring::arena row_memory_;
    list_checksum* checksums_ = nullptr;
    std::size_t received_ = 0;
};

measurement_ptr make_own(const input& of) {
    return with_type_of(of.shape, [&of]<class T>(std::type_identity<T>) -> measurement_ptr {
        return std::make_unique<tipring_decoder<T, json::boost_engine>>(of);
    });
}

} // namespace

const engine tipring_boost_engine = {
    .name = "tipring_boost",
    .library = "tipring",
    .version = &tipring_version,
    .use =
        "json::decode with json::boost_engine: tipring's tables driven by Boost.JSON's push parser",
    .decode = &make_own,
    .most_records = 10000};

const engine boost_push_engine = {
    .name = "boost_push",
    .library = "Boost.JSON",
    .version = &boost_version,
    .use = "basic_parser with a handler written for these types: views of the body, kept memory; "
           "chunks of 1,460 bytes for rows, whose text is copied",
    .checks = {.duplicate_keys = false},
    .decode = &make_measurement<push_decoder>,
    .rows = &make_measurement<push_row_reader>,
    .most_records = 10000};

} // namespace bench
