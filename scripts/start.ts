import { runShop } from '@souk/host/run-shop'

await runShop('production', process.argv.slice(2))
