import "./permission-boxes.css";

interface PermissionBoxesProps {
  readonly names: readonly string[];
  readonly areTicked: boolean;
}

/** Permissions to choose from: what is ticked is in the form's `permissions`. */
export function PermissionBoxes({ names, areTicked }: PermissionBoxesProps) {
  return (
    <div className="permission-boxes">
      {names.map((name) => (
        <label key={name} className="permission-box">
          <input type="checkbox" name="permissions" value={name} defaultChecked={areTicked} />
          <code>{name}</code>
        </label>
      ))}
    </div>
  );
}
