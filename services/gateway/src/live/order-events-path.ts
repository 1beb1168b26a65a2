/** Where an order can be followed. */
export const orderEventsPath = '/api/v1/orders/{id}/events'
