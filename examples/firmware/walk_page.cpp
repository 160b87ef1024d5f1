// Walks over a page of 1,000 calls that comes in chunks of 1,460 bytes, as TCP over Ethernet brings
// it, on a board with 16 KB of RAM. The page has almost half a megabyte; one row at a time is
// decoded. It is made as it goes by a recorder that is a few lines.
#include <tipring/http/row_stream.hpp>
#include <tipring/miarec/call.hpp>

#include "common/program.hpp"

using namespace tipring;
using program::check;

namespace {

constexpr std::uint32_t calls_in_page = 1000;

/// The recorder's side: the page as a sequence of pieces.
class page_source {
public:
    /// The next bytes of the page, `into.size()` of them but for the last time; none at its end.
    text read(std::span<char> into) {
        std::size_t size = 0;
        while (size < into.size()) {
            if (at_ == piece_.size() && !next_piece()) break;
            into[size++] = piece_[at_++];
        }
        return {into.data(), size};
    }

private:
    /// A row as recorders list it: a few of a call's members, times, a name with an escape.
    bool next_piece() {
        writer out{bytes_};
        if (row_ == calls_in_page + 1) return false;
        if (row_ == 0) out.put(R"({"calls":[)");
        if (row_ < calls_in_page) {
            if (row_ != 0) out.put(',');
            out.put(R"({"call_id":"e03f497d-bdff-1019-102b-)");
            out.put_padded(row_, 12);
            out.put(R"(","tenant_id":"61e6e6b0-f147-11e5-b8b3-e03f497dbdff","is_conference":false,)"
                    R"("call_state":2,"record_state":2,"setup_time":"2018-09-12T10:)");
            out.put_padded(row_ / 60 % 60, 2);
            out.put(':');
            out.put_padded(row_ % 60, 2);
            out.put(
                R"(-0700","from_ip":"192.168.14.201","from_port":5060,"from_number":"+1408555)");
            out.put_padded(row_, 4);
            out.put(
                R"(","from_name":"Zo\u00eb Bront\u00eb","to_ip":"192.168.14.17","to_port":5060,)"
                R"("to_number":"8442","to_name":"Front desk",)"
                R"("files":[{"file_name":"20180912\/)");
            out.put_padded(row_, 12);
            out.put(R"(.wav","file_size":)");
            out.put_integer(1000 + row_);
            out.put(R"(,"file_id":"f-)");
            out.put_integer(row_);
            out.put(R"("}]})");
        } else {
            out.put(R"(],"next_url":"/api/v2/calls.json?limit=1000&start=1000","total":null})");
        }
        ++row_;
        piece_ = out.written();
        at_ = 0;
        return true;
    }

    char bytes_[768];
    text piece_ = {};
    std::size_t at_ = 0;
    std::uint32_t row_ = 0;
};

page_source page_of_calls;
char chunk[1460];
alignas(8) std::byte row_memory[1536];

} // namespace

int board::main() {
    row_stream<miarec::list_calls> calls{row_memory};
    std::uint32_t rows = 0;
    std::uint32_t bytes = 0;
    std::uint32_t bytes_of_audio = 0;
    for (text got = page_of_calls.read(chunk); !got.empty(); got = page_of_calls.read(chunk)) {
        bytes += static_cast<std::uint32_t>(got.size());
        calls.feed(got);
        while (const miarec::call* call = calls.next()) {
            check(*call->from_name == "Zo\xC3\xAB Bront\xC3\xAB", 10, "names are unescaped");
            check(call->files->size() == 1, 11, "each call has its file");
            bytes_of_audio += static_cast<std::uint32_t>(*(*call->files)[0].file_size);
            ++rows;
        }
    }
    const auto page = calls.end();
    check(page.has_value(), 12, "the page is complete and right");
    check(*page->next_url == "/api/v2/calls.json?limit=1000&start=1000", 13, "and names the next");
    check(rows == calls_in_page, 14, "every row came");
    // The sizes are 1,000, 1,001 and so on.
    check(bytes_of_audio == calls_in_page * 1000 + calls_in_page * (calls_in_page - 1) / 2, 15,
          "with what it said");
    check(bytes > 16 * 16'384, 16, "and the page was too big for this RAM");
    line(rows, " calls in ", bytes, " bytes");
    return program::finish("walked");
}
