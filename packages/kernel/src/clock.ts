/** Where the time comes from. Rules take a `Date`; edges ask the clock, so that tests can set it. */
export type Clock = { now(): Date }

export const systemClock: Clock = { now: () => new Date() }
