import type { ActivityEntry } from '@souk/api/contract'
import type { Column } from '@souk/ui/admin-table'
import { Status } from '@souk/ui/badge'
import { DateTime } from '../../frame/date-time.tsx'
import { SoftLink } from '../../frame/soft-link.tsx'
import { actionLabel, changeText } from './activity-words.ts'

type Person = NonNullable<ActivityEntry['actor']>

/** `hrefFor` leads to what else a person did. */
export function activityColumns(hrefFor: (personId: string) => string): readonly Column<ActivityEntry>[] {
  const person = ({ id, name, email }: Person) => (
    <SoftLink href={hrefFor(id)} className="link break-words" title={email}>
      {name}
    </SoftLink>
  )
  return [
    {
      key: 'action',
      header: 'What',
      isName: true,
      cell: (entry) => (
        <>
          {actionLabel(entry.action)}
          <span className="block break-words font-normal text-dense text-ink-soft">{changeText(entry)}</span>
        </>
      ),
    },
    {
      key: 'subject',
      header: 'About',
      cell: (entry) =>
        entry.person ? person(entry.person) : <span className="break-words">{subjectText(entry)}</span>,
    },
    {
      key: 'outcome',
      header: 'Outcome',
      phone: 'aside',
      cell: ({ outcome }) =>
        outcome === 'ok' ? <Status tone="positive">Done</Status> : <Status tone="danger">Refused</Status>,
    },
    {
      key: 'actor',
      header: 'By',
      cell: (entry) =>
        entry.actor ? person(entry.actor) : <span className="text-ink-soft">Nobody signed in</span>,
    },
    { key: 'at', header: 'When', isEnd: true, cell: ({ at }) => <DateTime value={at} /> },
  ]
}

function subjectText({ area, subject }: ActivityEntry): string {
  if (area !== 'sign_ins' && area !== 'accounts') return subject
  return subject === 'unknown' ? 'No account of ours' : `An account that is gone (${subject})`
}
