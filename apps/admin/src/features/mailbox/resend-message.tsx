'use client'

import type { Message } from '@souk/notification/contract'
import { ConfirmDialog } from '@souk/ui/admin-confirm'
import { Button } from '@souk/ui/button'
import { useToast } from '@souk/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useApi } from '../../data/api.tsx'
import { problemSentence } from '../../data/problem.ts'

export function ResendMessage({ message }: { message: Message }) {
  const api = useApi()
  const queries = useQueryClient()
  const toast = useToast()
  const [isOpen, setIsOpen] = useState(false)
  const resend = useMutation(
    api.admin.mailbox.resend.mutationOptions({
      onSuccess: (again) => {
        setIsOpen(false)
        toast({
          text:
            again.status === 'kept' ? 'Kept here again: no mail server is set' : `On its way to ${again.to}`,
        })
        void queries.invalidateQueries(api.admin.mailbox.pathFilter())
      },
    }),
  )
  return (
    <>
      <Button variant="secondary" size="small" onClick={() => setIsOpen(true)}>
        Send again
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        title="Send this message again?"
        keepLabel="Do not send"
        confirmLabel="Send again"
        isDanger={false}
        isLoading={resend.isPending}
        onConfirm={() => resend.mutate({ id: message.id })}
      >
        <p>{message.to} gets the same message once more.</p>
        {resend.error && (
          <p role="alert" className="mt-2 text-danger">
            {problemSentence(resend.error)}
          </p>
        )}
      </ConfirmDialog>
    </>
  )
}
