import type { Sql } from '@souk/db/connect'
import type { StoredImage } from '../product/stored-product.ts'
import type { Picture } from './picture.ts'

export type FoundPicture = {
  /** The picture's own width. */
  width: number
  rendition: Buffer | null
  etag: string | null
  /** Read only when there is no rendition of that width yet. */
  original: Buffer | null
}

export async function findPicture(
  sql: Sql,
  imageId: string,
  width: number,
): Promise<FoundPicture | undefined> {
  const rows = await sql.query<FoundPicture>(
    `select i.width, r.bytes as rendition, r.etag, case when r.image_id is null then o.bytes end as original
     from image i
     join image_original o on o.image_id = i.id
     left join image_rendition r on r.image_id = i.id and r.width = $2
     where i.id = $1`,
    [imageId, width],
    'media-find',
  )
  return rows[0]
}

export async function saveRendition(
  sql: Sql,
  rendition: { imageId: string; width: number; bytes: Buffer; etag: string },
): Promise<void> {
  await sql.query(
    `insert into image_rendition (image_id, width, bytes, etag) values ($1, $2, $3, $4) on conflict do nothing`,
    [rendition.imageId, rendition.width, rendition.bytes, rendition.etag],
    'media-save',
  )
}

/** Adds a picture after the others of its product. */
export async function insertImage(
  tx: Sql,
  image: Pick<StoredImage, 'id' | 'alt' | 'colour'> & { productId: string; picture: Picture },
): Promise<void> {
  const { picture } = image
  await tx.query(
    `with added as (
       insert into image (id, product_id, colour, alt, width, height, position)
       select $1, $2, $3, $4, $5, $6, coalesce(max(position), -1) + 1 from image where product_id = $2
       returning id
     )
     insert into image_original (image_id, bytes) select id, $7 from added`,
    [image.id, image.productId, image.colour, image.alt, picture.width, picture.height, picture.bytes],
    'media-insert',
  )
}
