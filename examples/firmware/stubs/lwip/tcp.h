// As much of lwIP's raw API as the code in docs/firmware.md calls, with the real names and types, so
// that this code is compiled and run without lwIP. One connection; what was written to it is
// answered by stub_answer(), in two segments, and then it is closed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

using err_t = std::int8_t;
using u8_t = std::uint8_t;
using u16_t = std::uint16_t;
inline constexpr err_t ERR_OK = 0;
inline constexpr err_t ERR_MEM = -1;
inline constexpr u8_t TCP_WRITE_FLAG_COPY = 1;

struct ip_addr_t {
    std::uint32_t addr = 0;
};
struct pbuf {
    pbuf* next = nullptr;
    void* payload = nullptr;
    u16_t tot_len = 0;
    u16_t len = 0;
};
struct tcp_pcb;
using tcp_connected_fn = err_t (*)(void* arg, tcp_pcb* pcb, err_t err);
using tcp_recv_fn = err_t (*)(void* arg, tcp_pcb* pcb, pbuf* p, err_t err);
using tcp_err_fn = void (*)(void* arg, err_t err);

struct tcp_pcb {
    void* arg = nullptr;
    tcp_recv_fn recv = nullptr;
    tcp_err_fn err = nullptr;
    std::string written;
    bool is_open = false;
};

/// The server's part: the whole answer to a whole request.
std::string stub_answer(const std::string& request);

inline tcp_pcb* tcp_new() {
    static tcp_pcb only;
    only = {};
    return &only;
}
inline void tcp_arg(tcp_pcb* pcb, void* arg) {
    pcb->arg = arg;
}
inline void tcp_recv(tcp_pcb* pcb, tcp_recv_fn recv) {
    pcb->recv = recv;
}
inline void tcp_err(tcp_pcb* pcb, tcp_err_fn err) {
    pcb->err = err;
}
inline err_t tcp_connect(tcp_pcb* pcb, const ip_addr_t*, u16_t, tcp_connected_fn connected) {
    pcb->is_open = true;
    return connected(pcb->arg, pcb, ERR_OK);
}
inline err_t tcp_write(tcp_pcb* pcb, const void* data, u16_t size, u8_t) {
    pcb->written.append(static_cast<const char*>(data), size);
    return ERR_OK;
}
inline void tcp_recved(tcp_pcb*, u16_t) {}
inline void pbuf_free(pbuf*) {}
inline err_t tcp_close(tcp_pcb* pcb) {
    pcb->is_open = false;
    return ERR_OK;
}
inline err_t tcp_output(tcp_pcb* pcb) {
    std::string answer = stub_answer(pcb->written);
    const std::size_t half = answer.size() / 2;
    const auto deliver = [&](std::size_t from, std::size_t size) {
        pbuf segment{.payload = answer.data() + from,
                     .tot_len = static_cast<u16_t>(size),
                     .len = static_cast<u16_t>(size)};
        if (pcb->is_open) pcb->recv(pcb->arg, pcb, &segment, ERR_OK);
    };
    deliver(0, half);
    deliver(half, answer.size() - half);
    if (pcb->is_open) pcb->recv(pcb->arg, pcb, nullptr, ERR_OK);
    return ERR_OK;
}
