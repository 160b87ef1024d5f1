// Every enumeration of the MiaRec API. Those that are numbers on the wire have the wire's numbers;
// those that are words count from 0 and are used as open<...>, which keeps words that the vendor
// adds later.
#pragma once

#include <cstdint>

#include <tipring/core/id.hpp>

namespace tipring::inline TIPRING_ABI::miarec {

// Numbers on the wire. A number without a name here survives in the same type: servers may send new
// ones (quirk D-50).

/// Direction of a call as the phone system gave it (manual 3.1.1).
enum class protocol_call_direction : std::int32_t {
    /// Not given by the phone system, or not supported for it.
    unknown = 0,
    outbound = 1,
    inbound = 2,
};

/// State of a call (manual 3.1.1).
enum class call_state : std::int32_t {
    /// The caller sent an invitation, such as a SIP INVITE.
    initiated = 1,
    /// The callee confirmed that he got it, such as by SIP Trying.
    accepted = 2,
    /// The callee is ringing, such as after SIP 183 Session Progress.
    alerting = 3,
    /// Answered, such as by SIP 200 OK.
    connected = 4,
    /// One of the parties hung up, such as by SIP BYE.
    disconnecting = 5,
    /// Completed.
    disconnected = 6,
    /// On hold. The last state of a call for some protocols, which begin a new call when it is
    /// resumed.
    hold = 7,
    /// Transferred to a third party. Some protocols cannot tell and end in disconnected.
    transferred = 8,
};

/// State of on-demand recording (manual 3.1.1).
enum class on_demand_state : std::int32_t {
    /// No triggers for this call, which is always recorded, say.
    disabled = 0,
    /// The trigger came; the call will be kept.
    keep_recording = 1,
    /// Without a trigger the call is deleted when it ends.
    waiting_trigger = 2,
};

/// State of recording (manual 3.1.1).
enum class record_state : std::int32_t {
    active = 10,
    /// More calls than licensed: recorded, but encrypted so that only the vendor can play it. For
    /// calls in progress, too.
    license_overusage = 20,
    finished = 30,
    /// Left out by the recording filters: there is data about the call, and no audio.
    ignored = 40,
};

/// Signalling protocol of a call (manual 3.1.1). There is no number 3.
enum class voip_protocol : std::int32_t {
    /// Not recognised; recorded from RTP packets alone.
    unknown = 0,
    sip = 1,
    h323 = 2,
    /// Cisco Skinny.
    sccp = 4,
    mgcp = 5,
    /// H.323 with Avaya's extensions.
    avaya = 6,
    nortel_unistim = 7,
    tapi = 8,
    /// Between Cisco UCM and a voice gateway.
    mgcp_pri_backhaul = 9,
    /// OmniPCX, partly supported.
    alcatel = 10,
    avaya_passive_rtp = 11,
    /// Avaya TSAPI with passive RTP.
    avaya_tsapi = 12,
    siprec = 13,
    /// Cisco Built-in-Bridge, active recording.
    cisco_bib_active = 14,
    nec_sip = 15,
    /// SIP ED137 radio, passive recording.
    sip_ed137 = 16,
    /// Cisco Built-in-Bridge, passive recording.
    cisco_bib_passive = 17,
};

/// Side of a participant (manual 3.1.3).
enum class party_direction : std::int32_t {
    unknown = 0,
    caller = 1,
    called = 2,
};

/// What a participant is (manual 3.1.3).
enum class party_type : std::int32_t {
    unknown = 0,
    agent = 1,
    gateway = 2,
    conference_bridge = 3,
};

/// Length of an RSA key in bits (manual 3.3.3; quirk D-13: "4086" there is a slip). The server's
/// default is 2048.
enum class key_length : std::int32_t {
    bits_1024 = 1024,
    bits_2048 = 2048,
    bits_4096 = 4096,
};

// Words in bodies.

/// Which resources a role can reach (manual 3.5.1). The portal calls them SUPERUSER or
/// Unrestricted, System, Managed Groups and User (quirk D-59).
enum class access_level : std::uint8_t {
    /// Unrestricted.
    root,
    /// Everything that the permissions allow; with multi-tenancy only the user's own tenant, if he
    /// has one.
    system,
    /// The groups that the user manages.
    managed_groups,
    /// The user's own calls.
    user,
};

/// How calls are told apart by tenant (manual 3.6.1).
enum class associate_calls : std::uint8_t {
    extension,
    broadworks_group,
    metaswitch_group,
    cisco_partition,
    sip_uri_host,
    /// By `associate_calls_condition`.
    condition,
};

/// Where an extension must be unique (manual 3.6.1).
enum class extension_uniqueness : std::uint8_t {
    systemwide,
    tenant,
};

/// What to do with calls of a tenant that match none of its users (manual 3.6.1).
enum class record_unknown_users : std::uint8_t {
    record,
    ignore,
};

/// Whether a user's calls are recorded (manual 3.7.1).
enum class record : std::uint8_t {
    always,
    /// The user switches it on and off during a call.
    ondemand,
    never,
    /// `default` on the wire: the rule of the system.
    system_default,
};

/// Which calls of a user are recorded (manual 3.7.1). List both for both directions.
enum class record_direction : std::uint8_t {
    in,
    out,
};

/// What becomes of an on-demand recording when the user decides nothing (manual 3.7.1).
enum class on_demand_default : std::uint8_t {
    keep,
    discard,
};

/// Where a user's password is checked (manual 3.7.1).
enum class authenticate_type : std::uint8_t {
    ldap,
    password,
};

/// What protects an encryption key (manual 3.3.3).
enum class protection_mode : std::uint8_t {
    /// The users' credentials; each must be granted access. The default.
    user,
    /// The application's credentials, as SAML single sign-on and speech analytics need.
    app,
};

/// How an encryption key comes to be (manual 3.3.3).
enum class add_type : std::uint8_t {
    generate,
    import,
};

/// Deprecated since 2018-07-07: ignored in requests and no longer sent by servers (manual 5, quirk
/// D-20).
enum class license_mode : std::uint8_t {
    fixed,
    dynamic,
};

/// Type of a custom field. The documents that we could read show these two; there are more (web
/// manual, custom fields).
enum class custom_field_type : std::uint8_t {
    string,
    option,
};

/// How the portal shows a custom field; the list is not known to be complete.
enum class custom_field_display : std::uint8_t {
    /// `default` on the wire.
    standard,
    multiline,
};

/// Where a custom field can be searched; the list is not known to be complete.
enum class custom_field_search : std::uint8_t {
    advanced,
};

// Words in queries.

/// For `muting` of a call or of a user's call in progress (manual 3.1.8, 3.7.7).
enum class muting_action : std::uint8_t {
    mute,
    unmute,
};

/// Order of a list. The manual promises that each resource says whether it can be ordered, and none
/// does (quirk D-45).
enum class sort_order : std::uint8_t {
    asc,
    desc,
};

} // namespace tipring::inline TIPRING_ABI::miarec

namespace tipring::inline TIPRING_ABI {

TIPRING_NAMES(miarec::access_level, "root", "system", "managed_groups", "user");
TIPRING_NAMES(miarec::associate_calls, "extension", "broadworks_group", "metaswitch_group",
              "cisco_partition", "sip_uri_host", "condition");
TIPRING_NAMES(miarec::extension_uniqueness, "systemwide", "tenant");
TIPRING_NAMES(miarec::record_unknown_users, "record", "ignore");
TIPRING_NAMES(miarec::record, "always", "ondemand", "never", "default");
TIPRING_NAMES(miarec::record_direction, "in", "out");
TIPRING_NAMES(miarec::on_demand_default, "keep", "discard");
TIPRING_NAMES(miarec::authenticate_type, "ldap", "password");
TIPRING_NAMES(miarec::protection_mode, "user", "app");
TIPRING_NAMES(miarec::add_type, "generate", "import");
TIPRING_NAMES(miarec::license_mode, "fixed", "dynamic");
TIPRING_NAMES(miarec::custom_field_type, "string", "option");
TIPRING_NAMES(miarec::custom_field_display, "default", "multiline");
TIPRING_NAMES(miarec::custom_field_search, "advanced");
TIPRING_NAMES(miarec::muting_action, "mute", "unmute");
TIPRING_NAMES(miarec::sort_order, "asc", "desc");

} // namespace tipring::inline TIPRING_ABI
