import { describe, expect, it } from 'vitest'
import { matchPublicRead } from './match.ts'

const input = (value: unknown) => encodeURIComponent(JSON.stringify(value))

describe('public reads', () => {
  it.each([
    ['/api/v1/products', 'list'],
    ['/api/v1/products?colour=oat&limit=3', 'list'],
    ['/api/v1/products/harbour-mug', 'detail'],
    ['/api/v1/categories', 'list'],
    [`/trpc/product.list?input=${input({})}`, 'list'],
    [`/trpc/product.get?input=${input({ idOrSlug: 'a' })}`, 'detail'],
    ['/trpc/product.categories', 'list'],
    [`/trpc/product.get,product.list?batch=1&input=${input({ 0: {}, 1: {} })}`, 'list'],
  ] as const)('%s is a %s', (url, kind) => {
    expect(matchPublicRead(url)).toMatchObject({ kind })
  })

  it.each([
    '/api/v1/orders',
    '/api/v1/products/a/images',
    '/api/v1/productsx',
    '/api/v1/products/',
    '/api/v1/products/%2e%2e',
    '/api/v1/products?a?b',
    '/trpc/cart.get',
    `/trpc/product.get,cart.get?batch=1&input=${input({})}`,
    `/trpc/product.get,admin.order.list?batch=1&input=${input({})}`,
    '/trpc/product.list?input=%7Bbroken',
    '/trpc/product.list?input={}&connectionParams={}',
    '/trpc/product.secret',
    `/trpc/${Array(11).fill('product.list').join(',')}?batch=1&input=${input({})}`,
    `/api/v1/products?q=${'x'.repeat(3000)}`,
  ])('%s is not', (url) => {
    expect(matchPublicRead(url)).toBeUndefined()
  })

  it('gives two spellings of one question one key', () => {
    const keyOf = (url: string) => matchPublicRead(url)?.key
    expect(keyOf('/api/v1/products?b=2&a=1')).toBe(keyOf('/api/v1/products?a=1&b=2'))
    expect(keyOf('/api/v1/products?q=a%20b')).toBe(keyOf('/api/v1/products?q=a+b'))
    const spelled = (text: string) => keyOf(`/trpc/product.list?input=${encodeURIComponent(text)}`)
    expect(spelled('{"q":"a","limit":3}')).toBe(spelled('{ "limit": 3, "q": "a" }'))
  })

  it('never gives two questions one key', () => {
    const urls = [
      '/api/v1/products',
      '/api/v1/products?colour=oat',
      '/api/v1/products?colour=oat&colour=red',
      '/api/v1/products/colour',
      '/trpc/product.list',
      '/trpc/product.list?batch=1',
      `/trpc/product.list?input=${input({ q: 'a' })}`,
      `/trpc/product.list?batch=1&input=${input({ q: 'a' })}`,
      `/trpc/product.get?input=${input({ q: 'a' })}`,
    ]
    expect(new Set(urls.map((url) => matchPublicRead(url)?.key)).size).toBe(urls.length)
  })
})
