// tipring itself: decoding const, in place and owned, encoding into a kept buffer, and rows from
// chunks.
#include <optional>

#include <tipring/http/row_stream.hpp>
#include <tipring/json/decode.hpp>
#include <tipring/json/decoded.hpp>
#include <tipring/json/encode.hpp>

#include "engines.hpp"
#include "tipring_decoder.hpp"

namespace bench {

namespace {

template <class T>
class in_place_decoder : public decoder {
public:
    explicit in_place_decoder(const input& of)
        : decoder{of},
          bytes_(2 * of.body.size() + 65536), memory_{std::span{bytes_}}, bodies_{of.body} {
        bodies_.renew();
    }
    std::size_t runs_per_renewal() const override { return of().has_escapes ? bodies_.count() : 0; }
    void renew() override { bodies_.renew(); }

private:
    const void* decode() override {
        memory_.reset();
        if (!of().has_escapes) bodies_.rewind();
        ::new (&value_) tipring::result<T>{json::decode_in_place<T>(bodies_.take(), memory_)};
        return value_ ? &*value_ : nullptr;
    }

    std::vector<std::byte> bytes_;
    tipring::arena memory_;
    spare_bodies bodies_;
    tipring::result<T> value_ = T{};
};

template <class T>
class owned_decoder : public decoder {
public:
    using decoder::decoder;

private:
    const void* decode() override {
        auto made = json::decode_owned<T>(text{of().body});
        if (!made) return nullptr;
        value_.emplace(std::move(*made));
        return &**value_;
    }

    std::optional<tipring::decoded<T>> value_;
};

template <class T>
class tipring_encoder : public encoder {
public:
    explicit tipring_encoder(const input& of)
        : encoder{of},
          buffer_(of.body.size() + 64), value_{static_cast<const T*>(reference_of(of).object())} {}

private:
    text encode() override {
        const auto written = json::encode(*value_, std::span{buffer_});
        return written ? *written : text{};
    }

    std::vector<char> buffer_;
    const T* value_;
};

template <class Page>
struct listing;
template <>
struct listing<tipring::miarec::call_page> {
    using operation = tipring::miarec::list_calls;
};
template <>
struct listing<tipring::miarec::user_page> {
    using operation = tipring::miarec::list_users;
};
template <>
struct listing<cloudlink_user_page> {
    using operation = tipring::cloudlink::list_users;
};

template <class Page>
class tipring_row_reader : public row_reader {
public:
    using row_reader::row_reader;

private:
    std::size_t read(list_checksum* rows) override {
        using row_type = typename Page::row;
        tipring::row_stream<typename listing<Page>::operation> stream{std::span{memory_}};
        text rest = of().body;
        while (!rest.empty()) {
            stream.feed(rest.substr(0, chunk_size));
            rest.remove_prefix(rest.size() < chunk_size ? rest.size() : chunk_size);
            while (const row_type* row = stream.next())
                if (rows != nullptr) rows->add(checksum(json::table_of<row_type>, row));
        }
        const auto page = stream.end();
        if (!page) return 0;
        page_ = *page;
        return stream.rows();
    }
    const void* page() const override { return &page_; }

    alignas(16) std::byte memory_[16384];
    Page page_ = {};
};

template <template <class> class Measurement>
measurement_ptr make(const input& of) {
    return with_type_of(of.shape, [&of]<class T>(std::type_identity<T>) -> measurement_ptr {
        return std::make_unique<Measurement<T>>(of);
    });
}
measurement_ptr make_rows(const input& of) {
    if (of.shape == shape::call_page)
        return make_measurement<tipring_row_reader<tipring::miarec::call_page>>(of);
    if (of.shape == shape::cloudlink_user_page)
        return make_measurement<tipring_row_reader<cloudlink_user_page>>(of);
    return make_measurement<tipring_row_reader<tipring::miarec::user_page>>(of);
}

template <class T>
using const_decoder = tipring_decoder<T, json::builtin_engine>;

} // namespace

const engine tipring_engine = {.name = "tipring",
                               .library = "tipring",
                               .version = &tipring_version,
                               .use = "json::decode into views of a const body and a kept arena; "
                                      "json::encode into a kept buffer; row_stream with 16 KB",
                               .decode = &make<const_decoder>,
                               .encode = &make<tipring_encoder>,
                               .rows = &make_rows,
                               .most_records = 10000};
const engine tipring_in_place_engine = {
    .name = "tipring_in_place",
    .library = "tipring",
    .version = &tipring_version,
    .use =
        "json::decode_in_place with a kept arena; a body with escapes is copied afresh outside of "
        "the measured time, one without is not changed and used again",
    .decode = &make<in_place_decoder>,
    .most_records = 10000};
const engine tipring_owned_engine = {
    .name = "tipring_owned",
    .library = "tipring",
    .version = &tipring_version,
    .use = "json::decode_owned: a copy of the body and an arena on the heap, both made each time",
    .decode = &make<owned_decoder>};

} // namespace bench
