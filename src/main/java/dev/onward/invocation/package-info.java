/**
 * The pipeline of one action run, readable in {@link dev.onward.invocation.Invoker}: check, render, call, extract,
 * record. It knows neither how a call is sent nor where its record is kept.
 */
@NullMarked
package dev.onward.invocation;

import org.jspecify.annotations.NullMarked;
