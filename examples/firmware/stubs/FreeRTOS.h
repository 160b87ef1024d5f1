// As much of FreeRTOS as the code in docs/firmware.md calls: a mutex and a tick count.
#pragma once

#include <cstdint>

using TickType_t = std::uint32_t;
using SemaphoreHandle_t = int*;
inline constexpr TickType_t portMAX_DELAY = 0xFFFFFFFF;
inline constexpr TickType_t configTICK_RATE_HZ = 1000;

inline SemaphoreHandle_t xSemaphoreCreateMutex() {
    static int taken = 0;
    return &taken;
}
inline int xSemaphoreTake(SemaphoreHandle_t mutex, TickType_t) {
    return ++*mutex;
}
inline int xSemaphoreGive(SemaphoreHandle_t mutex) {
    return --*mutex;
}
inline TickType_t xTaskGetTickCount() {
    return 5000;
}
