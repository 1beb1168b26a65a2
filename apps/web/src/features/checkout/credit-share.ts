/** Who pays what of a total: the gift card first, then store credit, the chosen method the rest. */
export function shareOf(totalMinor: number, giftCardMinor: number, storeCreditMinor: number) {
  const giftCard = Math.min(totalMinor, giftCardMinor)
  const storeCredit = Math.min(totalMinor - giftCard, storeCreditMinor)
  return { giftCard, storeCredit, credit: giftCard + storeCredit, rest: totalMinor - giftCard - storeCredit }
}
