package dev.onward.call;

/**
 * Why a call or an attempt failed, for its reader.
 *
 * @param code which kind
 * @param message what happened and what to do; no address, no secret
 */
public record CallError(CallErrorCode code, String message) {}
