/** Bodies that work as they are on a shop with the demo catalogue, by operation. A test checks each against its schema. */
export const exampleBodies: Readonly<Record<string, unknown>> = {
  register: { email: 'maya@example.com', password: 'a long passphrase', name: 'Maya Lind' },
  createToken: { email: 'shopper@souk.test', password: 'souk-demo-2026' },
  logout: { refreshToken: 'the-refresh-token-of-the-session' },
  requestPasswordReset: { email: 'maya@example.com' },
  resetPassword: { token: 'the-token-of-the-link-in-the-mail', password: 'another long passphrase' },
  changePassword: { currentPassword: 'a long passphrase', newPassword: 'another long passphrase' },
  updateMe: { name: 'Maya Lind' },
  saveAddress: {
    address: { name: 'Maya Lind', line1: 'Lindenweg 4', city: 'Berlin', postalCode: '10115', country: 'DE' },
    isDefault: true,
  },
  addCartItem: { sku: 'MUG-OAT', quantity: 2 },
  setCartQuantity: { quantity: 1 },
  mergeCarts: { cartId: '019a9c5e-0f00-7abc-8def-0123456789ab' },
  quoteOrder: { items: [{ sku: 'MUG-OAT', quantity: 2 }], country: 'DE' },
  placeOrder: {
    items: [{ sku: 'MUG-OAT', quantity: 2 }],
    email: 'maya@example.com',
    shippingAddress: {
      name: 'Maya Lind',
      line1: 'Lindenweg 4',
      city: 'Berlin',
      postalCode: '10115',
      country: 'DE',
    },
    paymentMethod: { type: 'card', token: 'tok_visa' },
  },
  saveDraft: {
    version: 0,
    email: 'maya@example.com',
    shippingAddress: {
      name: 'Maya Lind',
      line1: 'Lindenweg 4',
      city: 'Berlin',
      postalCode: '10115',
      country: 'DE',
    },
    lines: [{ sku: 'MUG-OAT', quantity: 2, unitPrice: { amount: 1700, currency: 'EUR' } }],
    note: 'As agreed on the phone',
  },
  cancelOrder: { reason: 'Ordered twice' },
  changeOrderStatus: { status: 'shipped', carrier: 'DHL', trackingNumber: 'JD014600003' },
  previewOrderEdit: { items: [{ sku: 'MUG-OAT', quantity: 1 }] },
  cancelRest: { reason: 'The bowls will not come in before spring' },
  editOrder: {
    items: [{ sku: 'MUG-OAT', quantity: 1 }],
    expectedTotal: { amount: 2390, currency: 'EUR' },
    note: 'As agreed by phone',
  },
  createShipment: {
    lines: [{ sku: 'MUG-OAT', quantity: 1 }],
    carrier: 'DHL',
    trackingNumber: 'JD014600003',
  },
  correctShipment: { carrier: 'DPD', trackingNumber: '05120042' },
  deliverShipment: { note: 'Left with a neighbour' },
  requestReturn: {
    lines: [{ sku: 'MUG-OAT', quantity: 1 }],
    reason: 'damaged',
    note: 'The handle came off',
  },
  approveReturn: { answer: 'Please use the label in the parcel.' },
  declineReturn: { answer: 'It was used.' },
  exchangeReturn: { exchange: [{ sku: 'MUG-OAT', exchangeFor: 'MUG-MOSS' }] },
  receiveReturn: { lines: [{ sku: 'MUG-OAT', quantity: 1, disposition: 'write_off' }] },
  refundReturn: { includesShipping: true },
  checkGiftCard: { code: 'ABCD-EFGH-JKMN-PQRS-TVWX' },
  issueGiftCard: { amount: { amount: 2500, currency: 'EUR' }, recipientEmail: 'friend@example.com' },
  disableGiftCard: { reason: 'Reported lost' },
  grantStoreCredit: {
    userId: '019a9c5e-0f00-7abc-8def-0123456789ab',
    amount: { amount: 500, currency: 'EUR' },
    reason: 'Late parcel',
  },
  createRefund: { amount: { amount: 1900, currency: 'EUR' }, reason: 'Arrived with a chip' },
  createProduct: {
    name: 'Harbour mug',
    description: 'Stoneware, glazed inside.',
    category: 'tableware',
    price: { amount: 1900, currency: 'EUR' },
    variants: [{ sku: 'HARBOUR-MUG-OAT', options: { colour: 'oat' }, stock: 24 }],
  },
  updateProduct: { price: { amount: 2100, currency: 'EUR' } },
  createCategory: { name: 'Tableware' },
  updateCategory: { name: 'At the table' },
  createPromotion: {
    id: '019a9c5e-0f00-7abc-8def-0123456789ad',
    name: '3 for 2 on tableware',
    kind: 'buy_x_get_y',
    value: 10000,
    scope: { categories: ['tableware'] },
    offer: { buyQuantity: 2, getQuantity: 1 },
  },
  updatePromotion: { name: 'Ten per cent', code: 'TEN', kind: 'percentage', value: 1000, usageLimit: 500 },
  pausePromotion: { isActive: false },
  saveTaxes: { pricesIncludeTax: true, rates: [{ taxClass: 'standard', rateBasisPoints: 1900 }] },
  saveShippingZone: {
    name: 'Benelux',
    places: ['BE', 'NL', 'LU'],
    methods: [
      {
        code: 'standard',
        name: 'Standard',
        tiers: [{ maxGrams: 5000, priceMinor: 490 }],
        minDays: 2,
        maxDays: 4,
      },
    ],
  },
  previewPrice: { subtotalMinor: 5000, country: 'DE' },
  adjustStock: { delta: 12, reason: 'received' },
  configureStock: { lowThreshold: 10, backorderLimit: 0 },
  createLocation: { code: 'back-room', name: 'Back room' },
  updateLocation: { name: 'Store room' },
  reorderLocations: { ids: ['01930000-0000-7000-8000-000000000001'] },
  createTransfer: {
    fromLocationId: '01930000-0000-7000-8000-000000000001',
    toLocationId: '019a9c5e-0f00-7abc-8def-0123456789ab',
    lines: [{ sku: 'MUG-OAT', quantity: 2 }],
  },
  returnTransfer: { lines: [{ sku: 'MUG-OAT', quantity: 1 }], note: 'Wrong box' },
  writeOffTransfer: { lines: [{ sku: 'MUG-OAT', quantity: 1 }], note: 'Broken on the way' },
  receiveTransfer: { lines: [{ sku: 'MUG-OAT', received: 2 }] },
  openCount: { locationId: '01930000-0000-7000-8000-000000000001', note: 'Friday evening' },
  enterCounted: { lines: [{ sku: 'MUG-OAT', counted: 11 }] },
  createReceipt: {
    locationId: '01930000-0000-7000-8000-000000000001',
    reference: 'Delivery note 7',
    lines: [{ sku: 'MUG-OAT', quantity: 24 }],
  },
}

export type Step = { title: string; text: string; command: string }

/** A whole purchase without an account, from the shelf to the parcel, to paste into a terminal line by line. */
export function guestPurchase(baseUrl: string): readonly Step[] {
  return [
    {
      title: 'Find something',
      text: 'Any SKU that is `available` will do.',
      command: `curl -s '${baseUrl}/api/v1/products?inStock=true&limit=1' | tee product.json
SKU=$(node -p "JSON.parse(fs.readFileSync('product.json')).items[0].variants.find((v) => v.available).sku")`,
    },
    {
      title: 'See what it costs, delivered',
      text: 'Nothing is kept; the answer names the ways it can be sent.',
      command: `curl -s ${baseUrl}/api/v1/checkout/quote \\
  -H 'content-type: application/json' \\
  -d '{ "items": [{ "sku": "'$SKU'", "quantity": 1 }], "country": "DE" }'`,
    },
    {
      title: 'Order and pay',
      text: 'The token stands for a card that was entered in the provider’s own fields; `tok_visa` pays, `tok_declined` does not, `tok_3ds` asks for a confirmation. Send the request again with the same `$KEY`: the key makes the answer the same, with `Idempotent-Replayed: true`.',
      command: `KEY=order-$(date +%s)
curl -s -i ${baseUrl}/api/v1/orders \\
  -H 'content-type: application/json' -H "idempotency-key: $KEY" \\
  -d '{ "items": [{ "sku": "'$SKU'", "quantity": 1 }],
        "email": "maya@example.com",
        "shippingAddress": { "name": "Maya Lind", "line1": "Lindenweg 4",
          "city": "Berlin", "postalCode": "10115", "country": "DE" },
        "paymentMethod": { "type": "card", "token": "tok_visa" } }' | tee order.txt
ORDER=$(tail -1 order.txt | node -p "JSON.parse(fs.readFileSync(0)).id")
TOKEN=$(tail -1 order.txt | node -p "JSON.parse(fs.readFileSync(0)).accessToken")`,
    },
    {
      title: 'Look at it',
      text: 'A guest shows the `accessToken` of the first answer. Without it the order does not exist.',
      command: `curl -s ${baseUrl}/api/v1/orders/$ORDER -H "x-order-token: $TOKEN"`,
    },
    {
      title: 'Follow it live',
      text: 'One event now and one whenever it changes.',
      command: `curl -sN ${baseUrl}/api/v1/orders/$ORDER/events -H "x-order-token: $TOKEN"`,
    },
    {
      title: 'Change your mind',
      text: 'Until it is shipped. The stock is free again and the money goes back.',
      command: `curl -s -X POST ${baseUrl}/api/v1/orders/$ORDER/cancel -H "x-order-token: $TOKEN"`,
    },
  ]
}
