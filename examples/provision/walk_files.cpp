// The recording of a call: by a signed URL without an account, with the account, in part, and too
// late.
#include "walk.hpp"

#include <chrono>
#include <thread>

namespace provision {

namespace miarec = tipring::miarec;
namespace http = tipring::http;

namespace {

std::string signed_url(client& api, const found_things& found, std::int64_t seconds) {
    const auto got = api.must(miarec::call_file_url{
        .call_id = miarec::call_id{found.call}, .expires = seconds, .file_id = text{found.file}});
    api.require(http::parse_url(*got.signed_url).has_value(), "that is no URL");
    api.tell(join("a signed URL, good for ", seconds, " s; it is used as it stands"));
    return std::string{*got.signed_url};
}

/// No header at all: neither credentials nor an Accept.
const reply& fetch(client& anonymous, const std::string& url) {
    return anonymous.send(http::request{.origin = url});
}

/// The URL with another end of its time.
std::string prolonged(std::string url) {
    const std::size_t at = url.find("expires=");
    if (at == std::string::npos) return url + "0";
    url.insert(at + 8, "9");
    return url;
}

} // namespace

void fetch_files(client& api, client& anonymous, const found_things& found) {
    section("3. The recording");
    const std::string brief_url = signed_url(api, found, 1);
    const auto asked = std::chrono::steady_clock::now();
    const std::string url = signed_url(api, found, 60);

    const reply& fetched = fetch(anonymous, url);
    anonymous.require(http::is_success(fetched.status), fetched.body);
    const std::string whole = fetched.body;
    anonymous.require(found.file_size == 0 ||
                          whole.size() == static_cast<std::size_t>(found.file_size),
                      "the file is not as long as the call says");
    anonymous.tell(join(whole.size(), " bytes of ", fetched.view().content_type(),
                        ", over a connection without credentials"));

    const miarec::call_id id{found.call};
    const http::media file =
        api.must(miarec::call_file{.call_id = id, .file_id = text{found.file}});
    api.require(file.bytes == whole, "the file differs from that of the signed URL");
    api.tell(join("with the account: the same ", file.bytes.size(), " bytes"));

    const http::media part =
        api.must(miarec::call_file{.call_id = id,
                                   .file_id = text{found.file},
                                   .range = http::byte_range{.first = 0, .last = 99}});
    api.require(part.is_partial && part.bytes == tipring::slice(whole, 0, 100),
                "that is not the part that was asked for");
    api.tell(join("with Range, the first 100 only: ", part.content_range));

    const reply& refused = fetch(anonymous, prolonged(url));
    anonymous.require(refused.status == 401 || refused.status == 403,
                      "a URL that was changed is still good");
    anonymous.tell(join("its time prolonged by hand: ", refused.body));

    std::this_thread::sleep_until(asked + std::chrono::milliseconds{2100});
    const reply& late = fetch(anonymous, brief_url);
    anonymous.require(late.status >= 400 && late.status < 500, "an expired URL is still good");
    anonymous.tell(join("the URL for 1 s, two seconds later: ", late.body));
}

} // namespace provision
