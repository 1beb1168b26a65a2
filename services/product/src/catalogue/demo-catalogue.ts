import { readFile } from 'node:fs/promises'
import { Money } from '@souk/kernel/money'
import { z } from 'zod'
import { Colour, Option, TaxClass } from '../contract.ts'

const folder = new URL('../../catalogue/', import.meta.url)

const DemoProduct = z.object({
  slug: z.string(),
  name: z.string(),
  category: z.string(),
  shortDescription: z.string(),
  description: z.string(),
  materials: z.array(z.string()),
  dimensions: z.object({ w: z.number(), d: z.number(), h: z.number(), unit: z.string() }),
  weightGrams: z.int(),
  careInstructions: z.string(),
  tags: z.array(z.string()),
  featured: z.boolean(),
  price: Money,
  compareAtPrice: Money.optional(),
  taxClass: TaxClass,
  options: z.array(Option),
  variants: z.array(
    z.object({
      sku: z.string(),
      options: z.record(z.string(), z.string()),
      stock: z.int(),
      barcode: z.string(),
      price: Money.optional(),
      weightGrams: z.int().optional(),
    }),
  ),
  colours: z.array(Colour.extend({ images: z.array(z.string()) })),
  related: z.array(z.string()),
  createdAt: z.iso.datetime(),
})
export type DemoProduct = z.infer<typeof DemoProduct>

const DemoCatalogue = z.object({
  imageSize: z.tuple([z.int(), z.int()]),
  categories: z.array(z.object({ slug: z.string(), name: z.string(), description: z.string() })),
  products: z.array(DemoProduct),
})
export type DemoCatalogue = z.infer<typeof DemoCatalogue>

export async function readDemoCatalogue(): Promise<DemoCatalogue> {
  return DemoCatalogue.parse(JSON.parse(await readFile(new URL('catalogue.json', folder), 'utf8')))
}

export async function readDemoPicture(path: string): Promise<Buffer> {
  return await readFile(new URL(path, folder))
}
