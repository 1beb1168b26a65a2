import { faultPoints } from '@souk/chaos/fault-points'
import { expect, test } from 'vitest'
import { sourceFiles } from './source-tree.ts'

const passed = sourceFiles()
  .filter(({ path }) => /^(services|packages)\/[^/]+\/src\//.test(path) && !path.endsWith('.test.ts'))
  .flatMap(({ path, text }) =>
    [...text.matchAll(/\bfaultPoint\(\s*(?:'([^']*)')?/g)]
      .filter(() => !path.endsWith('/fault-point.ts'))
      .map(([, name]) => ({ path, service: /^services\/([^/]+)\//.exec(path)?.[1], name })),
  )
const listed = Object.entries(faultPoints).flatMap(([service, names]) =>
  names.map((name) => ({ service, name })),
)

test('a fault point has a plain name, so that it can be found', () => {
  expect(passed.length).toBeGreaterThan(10)
  expect(passed.filter(({ name }) => name === undefined).map(({ path }) => path)).toEqual([])
})

test('every fault point in the code is one that processes are killed at', () => {
  const forgotten = passed.filter(
    ({ service, name }) =>
      !listed.some((point) => point.name === name && (service === undefined || point.service === service)),
  )
  expect(forgotten.map(({ path, name }) => `${name} in ${path}`)).toEqual([])
})

test('no process is killed at a fault point that is not in the code', () => {
  const gone = listed.filter(
    ({ service, name }) =>
      !passed.some((point) => point.name === name && (point.service ?? service) === service),
  )
  expect(gone).toEqual([])
})
