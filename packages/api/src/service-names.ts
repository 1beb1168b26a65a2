export const serviceNames = ['product', 'order', 'payment', 'inventory', 'identity', 'notification'] as const
export type ServiceName = (typeof serviceNames)[number]
