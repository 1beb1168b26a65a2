import { Button } from '@souk/ui/button'

/** Always in reach, and says whether there is anything to save. */
export function SaveBar({
  isDirty,
  isSaving,
  isNew,
}: {
  isDirty: boolean
  isSaving: boolean
  isNew: boolean
}) {
  return (
    <div className="sticky bottom-0 z-20 -mx-4 mt-4 flex items-center justify-between gap-4 border-line border-t bg-paper px-4 py-3 sm:-mx-6 sm:px-6 lg:-mx-8 lg:px-8">
      <p role="status" className="text-ink-soft text-sm">
        {isSaving
          ? 'Saving'
          : isDirty
            ? 'Not saved yet'
            : isNew
              ? 'Nothing filled in yet'
              : 'Everything is saved'}
      </p>
      <Button
        type="submit"
        size="small"
        isLoading={isSaving}
        loadingLabel="Saving"
        disabledReason={isDirty ? undefined : 'There is nothing to save'}
        showsReason={false}
      >
        {isNew ? 'Create product' : 'Save changes'}
      </Button>
    </div>
  )
}
