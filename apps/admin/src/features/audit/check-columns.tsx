import type { AuditedCheck } from '@souk/api/contract'
import type { Column } from '@souk/ui/admin-table'
import { Status } from '@souk/ui/badge'
import { countText, numberText } from '../../frame/format.ts'

export const checkColumns: readonly Column<AuditedCheck>[] = [
  {
    key: 'title',
    header: 'Holds always',
    isName: true,
    cell: ({ id, title }) => (
      <>
        <span className="figures font-mono text-ink-soft">{id}</span> {title}
      </>
    ),
  },
  {
    key: 'state',
    header: 'State',
    phone: 'aside',
    cell: ({ offences, problem }) => {
      if (problem !== null) return <Status tone="warning">Not read</Status>
      if (offences.length > 0) return <Status tone="danger">Broken</Status>
      return <Status tone="positive">OK</Status>
    },
  },
  { key: 'looked', header: 'Rows looked at', isEnd: true, cell: ({ looked }) => numberText(looked) },
  { key: 'offences', header: 'What breaks it', phone: 'wide', cell: (check) => <Findings {...check} /> },
]

function Findings({ offences, problem, remark }: AuditedCheck) {
  const note = problem ?? remark
  return (
    <>
      {note !== null && <p className="text-dense text-ink-soft">{note}</p>}
      {offences.length > 0 && (
        <details className="text-dense">
          <summary className="cursor-pointer py-1 font-medium text-danger pointer-coarse:py-3">
            {countText(offences.length, 'row', 'rows')}
          </summary>
          <ul className="flex flex-col gap-1 pb-2">
            {offences.map(({ what, row }) => (
              <li key={`${what}${JSON.stringify(row)}`}>
                {what}: <code className="break-all">{JSON.stringify(row)}</code>
              </li>
            ))}
          </ul>
        </details>
      )}
      {note === null && offences.length === 0 && <span className="text-ink-soft max-sm:hidden">Nothing</span>}
    </>
  )
}
