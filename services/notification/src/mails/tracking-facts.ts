/** What is known about where a parcel is, as rows of facts. */
export function trackingFacts(parcel: {
  carrier: string | null
  trackingNumber: string | null
}): { label: string; value: string }[] {
  return [
    ...(parcel.carrier === null ? [] : [{ label: 'Carrier', value: parcel.carrier }]),
    ...(parcel.trackingNumber === null ? [] : [{ label: 'Tracking number', value: parcel.trackingNumber }]),
  ]
}
