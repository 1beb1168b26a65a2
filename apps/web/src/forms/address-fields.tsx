'use client'

import { Address } from '@souk/kernel/address'
import { countries } from '@souk/kernel/countries'
import { SelectField } from '@souk/ui/select-field'
import { TextField } from '@souk/ui/text-field'
import { useContractForm } from './use-contract-form.ts'

/** In the order of the fields on the page: the first fault in this order gets the focus. */
const empty = { country: '', name: '', line1: '', line2: '', postalCode: '', city: '', region: '', phone: '' }
const names = {
  name: 'the full name',
  line1: 'the street and house number',
  line2: 'the second line',
  city: 'the town or city',
  postalCode: 'the postal code',
  region: 'the region',
  country: 'the country',
  phone: 'the phone number',
}

export function useAddressForm(initial: Partial<Address> = {}) {
  return useContractForm({ schema: Address, initial: { ...empty, ...initial }, names })
}
export type AddressForm = ReturnType<typeof useAddressForm>

/** A postal address, in the order one writes it on a parcel; browsers know every field by name. */
export function AddressFields({ form, section }: { form: AddressForm; section: string }) {
  const { field } = form
  const known = (token: string) => `${section} ${token}`
  return (
    <div className="grid grid-cols-6 gap-x-4 gap-y-5">
      <SelectField
        label="Country"
        placeholder="Choose a country"
        options={countries}
        autoComplete={known('country')}
        fieldClassName="col-span-full"
        {...field('country')}
      />
      <TextField
        label="Full name"
        autoComplete={known('name')}
        fieldClassName="col-span-full"
        {...field('name')}
      />
      <TextField
        label="Street and house number"
        autoComplete={known('address-line1')}
        fieldClassName="col-span-full"
        {...field('line1')}
      />
      <TextField
        label="Apartment, floor, company"
        isOptional
        autoComplete={known('address-line2')}
        fieldClassName="col-span-full"
        {...field('line2')}
      />
      <TextField
        label="Postal code"
        autoComplete={known('postal-code')}
        fieldClassName="col-span-full sm:col-span-2"
        {...field('postalCode')}
      />
      <TextField
        label="Town or city"
        autoComplete={known('address-level2')}
        fieldClassName="col-span-full sm:col-span-4"
        {...field('city')}
      />
      <TextField
        label="State or region"
        isOptional
        autoComplete={known('address-level1')}
        fieldClassName="col-span-full sm:col-span-3"
        {...field('region')}
      />
      <TextField
        label="Phone"
        type="tel"
        isOptional
        autoComplete={known('tel')}
        fieldClassName="col-span-full sm:col-span-3"
        {...field('phone')}
      />
    </div>
  )
}
