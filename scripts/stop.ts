import { stopShop } from '@souk/host/launcher'
import { sentenceFor } from '@souk/host/problem'
import { readSettings } from '@souk/host/settings'

try {
  const { dataFolder } = await readSettings()
  console.log((await stopShop(dataFolder)) ? 'Souk is closed.' : 'Souk was not open.')
} catch (error) {
  console.error(sentenceFor(error))
  process.exitCode = 1
}
