import { runShop } from '@souk/host/run-shop'

await runShop('development', process.argv.slice(2))
