import { Button } from "./button.tsx";

/** Vanishes when it is pressed; the focus then goes to the page's main part, and not back to its very beginning. */
export function ClearFilter({ onClear }: { onClear: () => void }) {
  const clear = () => {
    document.getElementById("main")?.focus();
    onClear();
  };
  return <Button onClick={clear}>Clear the filter</Button>;
}
