import { Alert } from '@souk/ui/alert'
import { SelectField } from '@souk/ui/select-field'
import { Loading, Skeleton } from '@souk/ui/skeleton'

type ProviderListProps = {
  id: string
  label: string
  placeholder: string
  /** Absent while the provider's list is on its way. */
  choices: readonly { code: string; name: string }[] | undefined
  hasFailed: boolean
  value: string
  error: string | undefined
  onChoose: (code: string) => void
}

/** The banks or wallets that the payment provider lists. */
export function ProviderList({ id, label, placeholder, choices, hasFailed, ...field }: ProviderListProps) {
  if (choices === undefined && !hasFailed) {
    return (
      <Loading label={`Loading: ${label}`}>
        <Skeleton className="h-11" />
      </Loading>
    )
  }
  if (choices === undefined || choices.length === 0) {
    return (
      <Alert tone="warning" title="This does not work at the moment">
        The payment provider does not answer. Choose another way to pay, or reload the page.
      </Alert>
    )
  }
  return (
    <SelectField
      id={id}
      label={label}
      placeholder={placeholder}
      options={choices.map(({ code, name }) => ({ value: code, label: name }))}
      value={field.value}
      onChange={(event) => field.onChoose(event.target.value)}
      error={field.error}
    />
  )
}
