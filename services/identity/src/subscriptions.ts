import type { Subscriptions } from '@souk/events/inbox'

/** Identity listens to nobody. */
export const subscriptions: Subscriptions = {}
