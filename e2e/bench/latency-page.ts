/** Runs in the page, as text: it may use nothing from outside itself. */

declare global {
  interface Window {
    /** Resolves with the instant, epoch ms, after the frame that shows another word for the session than "up". */
    benchLoss: (session: string) => Promise<{ readonly paintedAt: number; readonly word: string }>;
  }
}

export function watchRows(): void {
  window.benchLoss = (session) =>
    new Promise((resolve) => {
      const word = () =>
        document.querySelector(`[data-line="${CSS.escape(session)}"] [role=gridcell]`)?.textContent ?? "";
      const observer = new MutationObserver(() => {
        const now = word();
        if (now === "" || now.endsWith("up")) return;
        observer.disconnect();
        requestAnimationFrame(() => {
          // A task that is queued in a frame's callback runs after that frame has been drawn.
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve({ paintedAt: Date.now(), word: now });
          port2.postMessage(undefined);
        });
      });
      observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    });
}
