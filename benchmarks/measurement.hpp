// What is measured: a piece of work that was set up once and can be done again and again. The
// benchmark program and the program that counts instructions run the very same ones.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "checksum.hpp"
#include "inputs.hpp"

namespace bench {

class measurement {
public:
    measurement(std::size_t records, std::size_t bytes) : records_{records}, bytes_{bytes} {}
    virtual ~measurement() = default;
    measurement(const measurement&) = delete;
    measurement& operator=(const measurement&) = delete;

    /// The work. False when it failed.
    virtual bool run() = 0;
    /// Does the work and compares all of what came out with the reference. False when it differs.
    virtual bool check() = 0;
    /// How often run() may be called before renew() must be, which is not measured; 0: any number.
    virtual std::size_t runs_per_renewal() const { return 0; }
    virtual void renew() {}

    /// Records of one run.
    std::size_t records() const { return records_; }
    /// Bytes of one run: of the document that was read or of the output that was written.
    std::size_t bytes() const { return bytes_; }

protected:
    void set_bytes(std::size_t bytes) { bytes_ = bytes; }

private:
    std::size_t records_;
    std::size_t bytes_;
};
using measurement_ptr = std::unique_ptr<measurement>;

/// A document to a value of the input's type.
class decoder : public measurement {
public:
    explicit decoder(const input& of) : measurement{of.records, of.body.size()}, input_{of} {}

    bool run() override {
        decoded_ = decode();
        return decoded_ != nullptr;
    }
    bool check() override {
        renew();
        return run() && checksum(*input_.type, decoded_) == reference_of(input_).sum;
    }

protected:
    /// The value, which lives until the next call; null when the document was refused.
    virtual const void* decode() = 0;
    const input& of() const { return input_; }

private:
    const input& input_;
    const void* decoded_ = nullptr;
};

/// Copies of a document for engines that spoil it: as many as fit a small cache, so that what is
/// measured finds them where it would find the one document of the other engines.
class spare_bodies {
public:
    spare_bodies(text body, std::size_t padding = 0)
        : body_{body}, copies_(body.size() < room ? room / body.size() : 1) {
        for (auto& copy : copies_) copy.resize(body.size() + padding);
    }
    std::size_t count() const { return copies_.size(); }
    void renew() {
        for (auto& copy : copies_) std::memcpy(copy.data(), body_.data(), body_.size());
        rewind();
    }
    /// Starts again with the first copy, as it is.
    void rewind() { next_ = 0; }
    /// The document; its padding is zero.
    std::span<char> take() { return std::span{copies_[next_++]}.first(body_.size()); }

private:
    static constexpr std::size_t room = 24 * 1024;

    text body_;
    std::vector<std::vector<char>> copies_;
    std::size_t next_ = 0;
};

/// A value of the input's type to a document.
class encoder : public measurement {
public:
    explicit encoder(const input& of) : measurement{of.records, of.body.size()}, input_{of} {}

    bool run() override {
        written_ = encode();
        return !written_.empty();
    }
    bool check() override {
        if (!run()) return false;
        set_bytes(written_.size());
        return reference_checksum(*input_.type, written_) == reference_of(input_).sum;
    }

protected:
    /// The document, which lives until the next call; empty when that failed.
    virtual text encode() = 0;
    const input& of() const { return input_; }
    const std::byte* object() const {
        return static_cast<const std::byte*>(reference_of(input_).object());
    }

private:
    const input& input_;
    text written_;
};

/// A document that comes in chunks of 1,460 bytes, handed out row by row: each row is gone when the
/// next one comes.
class row_reader : public measurement {
public:
    static constexpr std::size_t chunk_size = 1460;

    explicit row_reader(const input& of) : measurement{of.records, of.body.size()}, input_{of} {}

    bool run() override { return read(nullptr) == records(); }
    bool check() override;

protected:
    /// Reads the whole document. Gives each row's checksum to `rows` when that is not null, and
    /// puts what the page says besides its rows in page(). The number of rows.
    virtual std::size_t read(list_checksum* rows) = 0;
    virtual const void* page() const = 0;
    const input& of() const { return input_; }

private:
    const input& input_;
};

} // namespace bench
