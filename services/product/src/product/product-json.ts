/** A product `p` in its category `c` as one JSON value, shaped as `StoredProduct`. */
export const productJson = `json_build_object(
  'id', p.id, 'slug', p.slug, 'name', p.name,
  'shortDescription', p.short_description, 'description', p.description,
  'priceMinor', p.price_minor, 'compareAtMinor', p.compare_at_minor, 'currency', p.currency,
  'category', json_build_object('slug', c.slug, 'name', c.name), 'categoryId', c.id,
  'materials', p.materials, 'dimensions', p.dimensions, 'weightGrams', p.weight_grams,
  'careInstructions', p.care_instructions, 'tags', p.tags, 'taxClass', p.tax_class,
  'featured', p.is_featured, 'ratingTotal', p.rating_total, 'ratingCount', p.rating_count,
  'editVersion', p.edit_version, 'createdAt', p.created_at, 'updatedAt', p.updated_at,
  'colours', coalesce((
    select json_agg(json_build_object('slug', pc.slug, 'name', pc.name, 'family', pc.family, 'hex', pc.hex)
                    order by pc.position)
    from product_colour pc where pc.product_id = p.id), '[]'),
  'images', coalesce((
    select json_agg(json_build_object('id', i.id, 'alt', i.alt, 'width', i.width, 'height', i.height,
                                      'colour', i.colour) order by i.position)
    from image i where i.product_id = p.id and i.removed_at is null), '[]'),
  'variants', coalesce((
    select json_agg(json_build_object('id', v.id, 'sku', v.sku, 'options', v.options,
                                      'optionsLabel', v.options_label, 'ownPriceMinor', v.price_minor,
                                      'priceMinor', coalesce(v.price_minor, p.price_minor),
                                      'available', coalesce(a.available, 0),
                                      'backorderable', coalesce(a.backorderable, 0),
                                      'expectedOn', a.expected_on, 'barcode', v.barcode,
                                      'ownWeightGrams', v.weight_grams,
                                      'weightGrams', coalesce(v.weight_grams, p.weight_grams))
                    order by v.position)
    from variant v left join availability a on a.sku = v.sku
    where v.product_id = p.id and v.removed_at is null), '[]'),
  'options', coalesce((
    select json_agg(json_build_object('code', o.code, 'name', o.name, 'values', (
             select json_agg(json_build_object('code', ov.code, 'name', ov.name) order by ov.position)
             from product_option_value ov where ov.product_id = o.product_id and ov.option_code = o.code))
           order by o.position)
    from product_option o where o.product_id = p.id), '[]'),
  'related', coalesce((
    select json_agg(other.slug order by r.position)
    from product_related r join product other on other.id = r.related_id and other.removed_at is null
    where r.product_id = p.id), (
    select json_agg(sibling.slug) from (
      select s.slug from product s
      where s.category_id = p.category_id and s.id <> p.id and s.removed_at is null
      order by s.created_at desc limit 4) sibling), '[]'))`

export const liveProduct = `from product p join category c on c.id = p.category_id where p.removed_at is null`
