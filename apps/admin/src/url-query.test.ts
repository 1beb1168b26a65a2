import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { changeQuery, extendTrail, readQuery, readTrail } from './url-query.ts'

const schema = z.object({ status: z.enum(['open', 'closed']), days: z.coerce.number().int().max(366) })
const params = (text: string) => new URLSearchParams(text)

describe('readQuery', () => {
  it('reads what the schema knows and leaves out the rest', () => {
    expect(readQuery(schema, params('status=open&days=30&other=1'))).toEqual({ status: 'open', days: 30 })
  })
  it('drops a wrong value without spoiling the others', () => {
    expect(readQuery(schema, params('status=nonsense&days=7'))).toEqual({ days: 7 })
    expect(readQuery(schema, params('status=closed&days=9999'))).toEqual({ status: 'closed' })
  })
  it('takes a blank value for none', () => {
    expect(readQuery(schema, params('status=&days='))).toEqual({})
  })
})

describe('changeQuery', () => {
  it('starts again at the first page when a filter changes', () => {
    expect(changeQuery(params('q=oat&after=a.b'), { status: 'open' })).toBe('?q=oat&status=open')
  })
  it('keeps the filters when the page changes', () => {
    expect(changeQuery(params('q=oat&after=a'), { after: 'a.b' })).toBe('?q=oat&after=a.b')
  })
  it('removes a filter that became blank and answers nothing when nothing is left', () => {
    expect(changeQuery(params('q=oat'), { q: '' })).toBe('')
  })
})

describe('the trail of cursors', () => {
  it('begins at page one without a cursor', () => {
    expect(readTrail(params(''))).toEqual({ cursor: undefined, page: 1, previous: undefined })
  })
  it('leads forward and back over the same pages', () => {
    const second = extendTrail(params(''), 'one')
    const third = extendTrail(params(`after=${second}`), 'two')
    expect(readTrail(params(`after=${third}`))).toEqual({ cursor: 'two', page: 3, previous: 'one' })
    expect(readTrail(params(`after=${second}`))).toEqual({ cursor: 'one', page: 2, previous: undefined })
  })
  it('never grows without bound', () => {
    const cursors = Array.from({ length: 200 }, (_, index) => `c${index}`)
    const after = cursors.reduce((trail, cursor) => extendTrail(params(`after=${trail}`), cursor), '')
    expect(after.split('.')).toHaveLength(60)
    expect(readTrail(params(`after=${after}`)).cursor).toBe('c199')
  })
})
