// See FreeRTOS.h.
#pragma once

#include "FreeRTOS.h"
