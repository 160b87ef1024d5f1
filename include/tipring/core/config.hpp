// Version numbers and every macro that a program may set, with its default and what it buys.
// No code lives here. Define a macro before the first include, the same in every translation unit.
// The macros that change code or layouts are part of the inline namespace's name: units that were
// compiled with different ones do not share the library's functions, and a function of yours that
// takes a type of the library does not link between them; one that only returns such a type, or
// takes one of yours with such a member, does. What each costs on a small processor is measured in
// docs/size.md.
#pragma once

#define TIPRING_VERSION_MAJOR 0
#define TIPRING_VERSION_MINOR 1
#define TIPRING_VERSION_PATCH 0
/// To compare: 1.2.3 is 10203.
#define TIPRING_VERSION                                                                            \
    (TIPRING_VERSION_MAJOR * 10000 + TIPRING_VERSION_MINOR * 100 + TIPRING_VERSION_PATCH)

/// 1: smallest code. Members are taken one at a time, the order of keys is not learned, text is
/// scanned byte by byte, and operations have no text for people. 0 (default): fastest code.
#ifndef TIPRING_SMALL
#define TIPRING_SMALL 0
#endif

/// 1: no vector instructions, text is scanned by machine words. Follows TIPRING_SMALL; otherwise 0,
/// which uses what the compiler was allowed to use (SSE2 or NEON).
#ifndef TIPRING_NO_SIMD
#define TIPRING_NO_SIMD TIPRING_SMALL
#endif

/// 1: leaves out everything that allocates: decoded<T> and decode_owned. 0 (default): they are
/// there, and nothing else calls them.
#ifndef TIPRING_NO_HEAP
#define TIPRING_NO_HEAP 0
#endif

/// How many objects and arrays of described types may lie in one another, 4 to 32. Each costs about
/// 64 bytes of stack while decoding on a 64-bit machine, 24 with TIPRING_SMALL on a 32-bit one. The
/// deepest MiaRec answer needs 6, CloudLink's deepest, attendances with expanded conferences, 14.
#ifndef TIPRING_MAX_NESTING
#define TIPRING_MAX_NESTING 14
#endif

/// How many conditions one advanced search may hold. Each costs 40 bytes in list_calls on a 64-bit
/// machine.
#ifndef TIPRING_MAX_CONDITIONS
#define TIPRING_MAX_CONDITIONS 16
#endif

/// How many terms one OData filter may hold, 1 to 255. Each costs 60 bytes in an operation that has
/// a filter, on a 64-bit machine.
#ifndef TIPRING_MAX_FILTER_TERMS
#define TIPRING_MAX_FILTER_TERMS 16
#endif

// A number becomes part of a name as it is written, so it must be written in one way only: behind
// any other than plain decimal digits a 0 does not make ten times as much.
#define TIPRING_JOIN(a, b) TIPRING_JOIN_AS_WRITTEN(a, b)
#define TIPRING_JOIN_AS_WRITTEN(a, b) a##b

#if TIPRING_JOIN(TIPRING_MAX_NESTING, 0) == (TIPRING_MAX_NESTING)*10 &&                            \
    TIPRING_MAX_NESTING >= 4 && TIPRING_MAX_NESTING <= 32
#else
#error "TIPRING_MAX_NESTING must be 4 to 32, as plain decimal digits"
#endif
#if TIPRING_JOIN(TIPRING_MAX_CONDITIONS, 0) == (TIPRING_MAX_CONDITIONS)*10 &&                      \
    TIPRING_MAX_CONDITIONS >= 1 && TIPRING_MAX_CONDITIONS <= 255
#else
#error "TIPRING_MAX_CONDITIONS must be 1 to 255, as plain decimal digits"
#endif
#if TIPRING_JOIN(TIPRING_MAX_FILTER_TERMS, 0) == (TIPRING_MAX_FILTER_TERMS)*10 &&                  \
    TIPRING_MAX_FILTER_TERMS >= 1 && TIPRING_MAX_FILTER_TERMS <= 255
#else
#error "TIPRING_MAX_FILTER_TERMS must be 1 to 255, as plain decimal digits"
#endif

#if TIPRING_SMALL
#define TIPRING_ABI_CODE v0_small
#elif TIPRING_NO_SIMD
#define TIPRING_ABI_CODE v0_portable
#else
#define TIPRING_ABI_CODE v0
#endif
#if TIPRING_MAX_NESTING == 14
#define TIPRING_ABI_NESTING
#else
#define TIPRING_ABI_NESTING TIPRING_JOIN(_nesting, TIPRING_MAX_NESTING)
#endif
#if TIPRING_MAX_CONDITIONS == 16
#define TIPRING_ABI_CONDITIONS
#else
#define TIPRING_ABI_CONDITIONS TIPRING_JOIN(_conditions, TIPRING_MAX_CONDITIONS)
#endif
#if TIPRING_MAX_FILTER_TERMS == 16
#define TIPRING_ABI_FILTER_TERMS
#else
#define TIPRING_ABI_FILTER_TERMS TIPRING_JOIN(_terms, TIPRING_MAX_FILTER_TERMS)
#endif
/// The name: v0, or with all that is not the default v0_small_nesting6_conditions4_terms8.
#define TIPRING_ABI                                                                                \
    TIPRING_JOIN(TIPRING_JOIN(TIPRING_ABI_CODE, TIPRING_ABI_NESTING),                              \
                 TIPRING_JOIN(TIPRING_ABI_CONDITIONS, TIPRING_ABI_FILTER_TERMS))

#if defined(__clang__)
/// Marks a parameter that the result keeps a view of, so that clang warns when a temporary is
/// given.
#define TIPRING_LIFETIMEBOUND [[clang::lifetimebound]]
#else
#define TIPRING_LIFETIMEBOUND
#endif
